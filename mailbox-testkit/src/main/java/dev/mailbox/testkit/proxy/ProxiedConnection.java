// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import dev.mailbox.testkit.internal.net.LoopbackServer;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link FaultProxy}: two lanes, and what ends them both. */
final class ProxiedConnection {
  private final int number;
  private final Settings settings;
  private final Lane up;
  private final Lane down;
  private final Dialogue dialogue = new Dialogue();
  private final Recorder recorder;
  private final @Nullable TlsUpgrade upgrade;
  private final AtomicReference<Direction> speaker = new AtomicReference<>(Direction.TO_CLIENT);
  private final AtomicLong turns = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Closing refusal;
  private volatile @Nullable Sides sides;
  private volatile boolean isCut;

  private record Sides(Side client, Side server) {
    Side far(Direction direction) {
      return direction == Direction.TO_SERVER ? server : client;
    }
  }

  /** What a proxy had been told about connections that come when this one came. */
  record Settings(
      TlsPlan tls,
      long seed,
      List<LineHook> hooks,
      int recordedBytes,
      HiddenBodies hiddenBodies,
      Queue<Throwable> failures) {}

  ProxiedConnection(int number, Settings settings) {
    this.number = number;
    this.settings = settings;
    up = new Lane(this, Direction.TO_SERVER, settings.seed + 2L * number);
    down = new Lane(this, Direction.TO_CLIENT, settings.seed + 2L * number + 1);
    recorder = new Recorder(settings.recordedBytes);
    upgrade = settings.tls.upgrade();
  }

  Dialogue dialogue() {
    return dialogue;
  }

  Recorder recorder() {
    return recorder;
  }

  Transcript transcript() {
    return recorder.transcript(number, settings.hiddenBodies);
  }

  Valve valve(Direction direction) {
    return lane(direction).valve();
  }

  Delay delay(Direction direction) {
    return lane(direction).delay();
  }

  long bytes(Direction direction) {
    return valve(direction).passed();
  }

  long inFlight(Direction direction) {
    return lane(direction).flight().bytes();
  }

  long turns() {
    return turns.get();
  }

  boolean isCut() {
    return isCut;
  }

  /** Blocks until both directions have ended, or the client of a refused connection has left. */
  void serve(LoopbackServer threads, Socket client, int target) throws IOException {
    Closing how = refusal;
    if (how != null) {
      isCut = true;
      recorder.end(how.event());
      Side.plain(client).refuse(how);
      return;
    }
    Side near = Side.plain(client);
    settings.tls.begin(near, recorder);
    Socket far = threads.connect(target);
    try {
      Side server = Side.plain(far);
      settings.tls.join(server);
      run(threads, new Sides(near, server));
    } finally {
      threads.release(far);
      // The proxy keeps what was counted and recorded for as long as it lives, and no more.
      sides = null;
    }
  }

  private void run(LoopbackServer threads, Sides both) {
    sides = both;
    Closing late = refusal;
    if (late != null) {
      cut(late);
    }
    settle();
    List<Thread> others =
        List.of(
            threads.spawn("up", () -> up.deliver(both.server, settings.hooks)),
            threads.spawn("down-read", () -> down.read(both.server)),
            threads.spawn("down", () -> down.deliver(both.client, settings.hooks)));
    up.read(both.client);
    others.forEach(ProxiedConnection::join);
  }

  void refuse(Closing how) {
    refusal = how;
    if (sides != null) {
      cut(how);
    }
  }

  void resume() {
    up.valve().resume();
    down.valve().resume();
  }

  void heal() {
    for (Lane lane : List.of(up, down)) {
      lane.valve().heal();
      lane.delay().clear();
    }
  }

  /** Notes who speaks, when the bytes come in rather than when a latency lets them out. */
  void heard(Direction direction) {
    if (speaker.getAndSet(direction) != direction && direction == Direction.TO_SERVER) {
      turns.incrementAndGet();
    }
  }

  /** Ends what is to end at the place that the valves have reached. */
  void settle() {
    Sides both = sides;
    if (both == null) {
      return;
    }
    for (Direction direction : Direction.values()) {
      valve(direction).cutReached().ifPresent(this::cut);
      if (valve(direction).halfCloseReached()) {
        valve(direction).shut();
        both.far(direction).fin();
      }
    }
  }

  /** One side is gone without an orderly end: the other is told so. */
  void broken(boolean byServer) {
    Sides both = sides;
    if (both == null || !over.compareAndSet(false, true)) {
      return;
    }
    shut();
    // Where this program has closed a side, the proxy is being closed.
    if (both.client.isClosed() || both.server.isClosed()) {
      both.client.fin();
      both.server.fin();
    } else {
      recorder.end(byServer ? "reset" : "end");
      both.client.reset();
      both.server.reset();
    }
  }

  /** Whether what was read was the start of a handshake with the client, which is then made. */
  boolean tookForTls(Direction direction, byte[] bytes) throws InterruptedException {
    TlsUpgrade starting = upgrade;
    Sides both = sides;
    if (starting == null || both == null || direction != Direction.TO_SERVER || bytes.length == 0) {
      return false;
    }
    try {
      return starting.tookFromClient(bytes, both.client);
    } catch (IOException e) {
      broken(false);
      return true;
    }
  }

  /** Whether with these bytes the server agreed to start TLS. */
  boolean isTlsAgreed(Direction direction, byte[] bytes) {
    TlsUpgrade starting = upgrade;
    return starting != null && direction == Direction.TO_CLIENT && starting.isAgreedWith(bytes);
  }

  void startTlsWithServer() {
    TlsUpgrade starting = upgrade;
    Sides both = sides;
    if (starting != null && both != null) {
      try {
        starting.startWithServer(both.server);
      } catch (IOException e) {
        broken(true);
      }
    }
  }

  void awaitClientTls() throws InterruptedException {
    TlsUpgrade starting = upgrade;
    if (starting != null) {
      starting.awaitClient();
    }
  }

  /** Something of a test's own threw at a line: the proxy says so when it is closed. */
  void failed(Throwable failure) {
    settings.failures.add(failure);
    broken(true);
  }

  private void cut(Closing how) {
    Sides both = sides;
    if (both != null && over.compareAndSet(false, true)) {
      isCut = true;
      shut();
      recorder.end(how.event());
      both.client.end(how);
      both.server.end(how);
    }
  }

  private void shut() {
    up.valve().shut();
    down.valve().shut();
    if (upgrade != null) {
      upgrade.abandon();
    }
  }

  private Lane lane(Direction direction) {
    return direction == Direction.TO_SERVER ? up : down;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
