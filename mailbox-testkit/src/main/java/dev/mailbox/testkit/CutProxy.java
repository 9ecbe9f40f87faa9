// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.net.LoopbackServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in front of any server on this machine that passes bytes on unchanged, counts them, and
 * ends a connection after exactly as many as a test says. It knows no protocol, so TLS passes
 * through it too. Thread-safe; serves many connections on a free loopback port.
 */
public final class CutProxy implements AutoCloseable {
  private final int target;
  private final LoopbackServer server;
  private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
  private final Queue<Cut> nextCuts = new ConcurrentLinkedQueue<>();
  private final Map<Direction, Duration> latency = new ConcurrentHashMap<>();
  private volatile @Nullable Cut everyCut;

  /** Which way bytes go. */
  public enum Direction {
    /** From the client to the server. */
    TO_SERVER,
    /** From the server to the client. */
    TO_CLIENT
  }

  /** How a connection ends, for both sides. */
  public enum Ending {
    /** An orderly end of stream. What was passed on before arrives in full. */
    FIN,
    /** A reset. It may overtake bytes that the receiver has not read yet. */
    RESET
  }

  record Cut(Direction direction, long bytes, Ending ending) {}

  private CutProxy(int target) {
    this.target = target;
    this.server = LoopbackServer.start("cut-proxy", this::serve);
  }

  /** A proxy in front of this port on 127.0.0.1. */
  public static CutProxy to(int port) {
    return new CutProxy(port);
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
   * Ends the next new connection after exactly so many bytes in this direction; 0 ends it before
   * the first. Called several times, it arms the same number of connections, in order.
   */
  public CutProxy cutNext(Direction direction, long bytes, Ending ending) {
    nextCuts.add(new Cut(direction, bytes, ending));
    return this;
  }

  /** Ends every new connection so, unless {@link #cutNext} is armed for it. */
  public CutProxy cutEvery(Direction direction, long bytes, Ending ending) {
    everyCut = new Cut(direction, bytes, ending);
    return this;
  }

  /** Forgets all armed cuts, so that new connections pass unharmed. */
  public CutProxy heal() {
    nextCuts.clear();
    everyCut = null;
    return this;
  }

  /**
   * Delays each byte of new connections by this time, without a limit on how many are on their way
   * as long as they fit in 64 MiB; so throughput stays what it was.
   */
  public CutProxy latency(Direction direction, Duration delay) {
    latency.put(direction, delay);
    return this;
  }

  /** Sets half of this as the latency of each direction. */
  public CutProxy roundTrip(Duration roundTrip) {
    var half = roundTrip.dividedBy(2);
    return latency(Direction.TO_SERVER, half).latency(Direction.TO_CLIENT, half);
  }

  /** How many connections came so far. */
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
   * How often the talk turned from the server to the client, over all connections: a client that
   * waits for each reply before it goes on makes one turn for each command.
   */
  public long turns() {
    return connections.stream().mapToLong(ProxiedConnection::turns).sum();
  }

  /** How many connections were ended by a cut. */
  public long cuts() {
    return connections.stream().filter(ProxiedConnection::isCut).count();
  }

  /** Closes all connections and ends all threads. Idempotent. */
  @Override
  public void close() {
    server.close();
  }

  private void serve(Socket client, int number) throws IOException {
    Cut next = nextCuts.poll();
    Socket far = server.connect(target);
    try {
      var connection = new ProxiedConnection(client, far, next == null ? everyCut : next);
      connections.add(connection);
      connection.run(server, Map.copyOf(latency));
    } finally {
      server.release(far);
    }
  }
}
