// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import dev.mailbox.testkit.internal.net.LoopbackServer;
import dev.mailbox.testkit.proxy.LinkFault.Slot;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A proxy in front of any server on this machine that passes bytes on unchanged, counts them, and
 * fails as and where a test says. It knows no protocol, so TLS passes through it too.
 *
 * <p>{@link ProxyFault}s are put on the next connection, on every one, or on those that are open:
 *
 * <pre>{@code
 * try (var proxy = FaultProxy.to(server.port())) {
 *   proxy.next(cut(TO_CLIENT, 500, RESET));
 *   client.connect(proxy.url("imap"));
 * }
 * }</pre>
 *
 * <p>Thread-safe; no method blocks, except {@link #close}. Serves many connections on a free
 * loopback port, each on four daemon threads. Connections are numbered in the order in which they
 * were accepted; the first is 1. When the server cannot be reached, its client's connection ends.
 */
public final class FaultProxy implements AutoCloseable {
  private final int target;
  private final LoopbackServer server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<List<LinkFault>> next = new ArrayDeque<>();
  private final Map<Slot, LinkFault> every = new LinkedHashMap<>();
  private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
  private volatile long seed;

  private FaultProxy(int target) {
    this.target = target;
    this.server = LoopbackServer.startAdmitting("fault-proxy", this::admit);
  }

  /** A proxy in front of this port on 127.0.0.1. */
  public static FaultProxy to(int port) {
    return new FaultProxy(port);
  }

  /** The port on 127.0.0.1 for clients. */
  public int port() {
    return server.port();
  }

  /** For example {@code pop3://localhost:12345} for the scheme {@code pop3}. */
  public String url(String scheme) {
    return scheme + "://localhost:" + port();
  }

  /**
   * Puts these faults on the next new connection, beside those of {@link #every}. Called several
   * times, it arms the same number of connections, in order.
   */
  public FaultProxy next(ProxyFault... faults) {
    return locked(() -> next.add(planned(faults)));
  }

  /** Puts these faults on every new connection from now on. */
  public FaultProxy every(ProxyFault... faults) {
    return locked(() -> planned(faults).forEach(fault -> every.put(fault.slot(), fault)));
  }

  /** Puts these faults on all connections that are open, where bytes are counted from now. */
  public FaultProxy now(ProxyFault... faults) {
    return locked(() -> connections.forEach(c -> planned(faults).forEach(f -> f.putOn(c))));
  }

  /** Sets half of this as the latency of each direction of every new connection. */
  public FaultProxy roundTrip(Duration roundTrip) {
    var half = roundTrip.dividedBy(2);
    return every(
        ProxyFault.latency(Direction.TO_SERVER, half),
        ProxyFault.latency(Direction.TO_CLIENT, half));
  }

  /**
   * Passes on nothing more in either direction, on open connections and on new ones, which are
   * accepted all the same; as if a cable were pulled. Ends with {@link #resume} or {@link #heal}.
   */
  public FaultProxy blackout() {
    ProxyFault up = ProxyFault.stall(Direction.TO_SERVER, 0);
    ProxyFault down = ProxyFault.stall(Direction.TO_CLIENT, 0);
    return locked(() -> every(up, down).now(up, down));
  }

  /** Lifts all stalls, also those that wait for a connection. What was kept passes on. */
  public FaultProxy resume() {
    return locked(
        () -> {
          every.values().removeIf(LinkFault.Stall.class::isInstance);
          next.forEach(faults -> faults.removeIf(LinkFault.Stall.class::isInstance));
          connections.forEach(ProxiedConnection::resume);
        });
  }

  /**
   * Takes all faults off open connections and forgets those that wait for one, also latency and
   * other limits, so that everything passes unharmed. What has ended stays so; what is on its way
   * keeps its delay.
   */
  public FaultProxy heal() {
    return locked(
        () -> {
          every.clear();
          next.clear();
          connections.forEach(ProxiedConnection::heal);
        });
  }

  /** Where the random times of new connections start; 0 unless it is set. */
  public FaultProxy seed(long value) {
    seed = value;
    return this;
  }

  /** How many connections came so far, those included that were refused. */
  public int connections() {
    return connections.size();
  }

  /** How many bytes were passed on in this direction, over all connections. */
  public long bytes(Direction direction) {
    return connections.stream().mapToLong(c -> c.bytes(direction)).sum();
  }

  /** How many bytes one connection passed on; the first is 1. */
  public long bytes(int connection, Direction direction) {
    return connections.get(connection - 1).bytes(direction);
  }

  /**
   * How many bytes are on their way in this direction, over all connections: read from the sender
   * and not passed on yet. What was read at once counts until all of it is passed on.
   */
  public long inFlight(Direction direction) {
    return connections.stream().mapToLong(c -> c.inFlight(direction)).sum();
  }

  /**
   * How often the talk turned from the server to the client, over all connections: a client that
   * waits for each reply before it goes on makes one turn for each command.
   */
  public long turns() {
    return connections.stream().mapToLong(ProxiedConnection::turns).sum();
  }

  /** How often the talk of one connection turned so; the first is 1. */
  public long turns(int connection) {
    return connections.get(connection - 1).turns();
  }

  /** How many connections were ended by a cut or refused. */
  public long cuts() {
    return connections.stream().filter(ProxiedConnection::isCut).count();
  }

  /** Closes all connections and ends all threads. Idempotent. */
  @Override
  public void close() {
    server.close();
  }

  private LoopbackServer.Handler admit(Socket client, int number) {
    var connection = new ProxiedConnection(number, seed);
    var unused =
        locked(
            () -> {
              connections.add(connection);
              every.values().forEach(fault -> fault.putOn(connection));
              List<LinkFault> faults = next.poll();
              if (faults != null) {
                faults.forEach(fault -> fault.putOn(connection));
              }
            });
    return (socket, same) -> serve(connection, socket);
  }

  private void serve(ProxiedConnection connection, Socket raw) throws IOException {
    Side client = Side.plain(raw);
    if (connection.isRefused(client)) {
      return;
    }
    Socket far = server.connect(target);
    try {
      connection.run(server, client, Side.plain(far));
    } finally {
      server.release(far);
    }
  }

  private FaultProxy locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
    return this;
  }

  private static List<LinkFault> planned(ProxyFault... faults) {
    return new ArrayList<>(Arrays.stream(faults).map(LinkFault.class::cast).toList());
  }
}
