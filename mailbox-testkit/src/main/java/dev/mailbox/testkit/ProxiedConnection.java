// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.CutProxy.Cut;
import dev.mailbox.testkit.CutProxy.Direction;
import dev.mailbox.testkit.CutProxy.Ending;
import dev.mailbox.testkit.internal.net.LoopbackServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link CutProxy}: two lanes, and the cut that ends them both. */
final class ProxiedConnection {
  private final Socket client;
  private final Socket server;
  private final @Nullable Cut cut;
  private final Map<Direction, AtomicLong> passed = new EnumMap<>(Direction.class);
  private final AtomicReference<Direction> speaker = new AtomicReference<>(Direction.TO_CLIENT);
  private final AtomicLong turns = new AtomicLong();
  private volatile boolean isCut;

  ProxiedConnection(Socket client, Socket server, @Nullable Cut cut) {
    this.client = client;
    this.server = server;
    this.cut = cut;
    for (Direction direction : Direction.values()) {
      passed.put(direction, new AtomicLong());
    }
  }

  /** Blocks until both directions have ended. */
  void run(LoopbackServer threads, Map<Direction, Duration> latency) throws IOException {
    if (cut != null && cut.bytes() == 0) {
      end(cut.ending());
    }
    var up = new ProxyLane(this, Direction.TO_SERVER, client, server);
    var down = new ProxyLane(this, Direction.TO_CLIENT, server, client);
    Thread back =
        threads.spawn(
            "back-" + client.getPort(),
            () -> down.run(threads, latency.getOrDefault(Direction.TO_CLIENT, Duration.ZERO)));
    up.run(threads, latency.getOrDefault(Direction.TO_SERVER, Duration.ZERO));
    join(back);
  }

  long bytes(Direction direction) {
    return counter(direction).get();
  }

  long turns() {
    return turns.get();
  }

  boolean isCut() {
    return isCut;
  }

  /** Notes who speaks, when the bytes come in rather than when a latency lets them out. */
  void heard(Direction direction) {
    if (speaker.getAndSet(direction) != direction && direction == Direction.TO_SERVER) {
      turns.incrementAndGet();
    }
  }

  /** Passes on as much of this as the cut allows, and cuts when that is reached. */
  void pass(Direction direction, byte[] bytes, int length) throws IOException {
    if (isCut) {
      return;
    }
    long before = bytes(direction);
    long allowed = cut != null && cut.direction() == direction ? cut.bytes() : Long.MAX_VALUE;
    int part = (int) Math.min(length, allowed - before);
    counter(direction).addAndGet(part);
    write(direction, bytes, part);
    if (cut != null && before + part == allowed) {
      end(cut.ending());
    }
  }

  /** One direction has come to its end of stream. */
  void ended(Direction direction) throws IOException {
    if (!isCut) {
      far(direction).shutdownOutput();
    }
  }

  /** One side is gone without an orderly end: tells the other. */
  void broken() {
    LoopbackServer.closeQuietly(client);
    LoopbackServer.closeQuietly(server);
  }

  private void end(Ending ending) throws IOException {
    isCut = true;
    for (Socket socket : new Socket[] {client, server}) {
      if (ending == Ending.RESET) {
        socket.setSoLinger(true, 0);
        socket.close();
      } else if (!socket.isOutputShutdown()) {
        socket.shutdownOutput();
      }
    }
  }

  private void write(Direction direction, byte[] bytes, int length) throws IOException {
    try {
      far(direction).getOutputStream().write(bytes, 0, length);
    } catch (IOException e) {
      // The other lane may have cut just now; then the failure is no news.
      if (!isCut) {
        throw e;
      }
    }
  }

  private Socket far(Direction direction) {
    return direction == Direction.TO_SERVER ? server : client;
  }

  private AtomicLong counter(Direction direction) {
    return Objects.requireNonNull(passed.get(direction));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
