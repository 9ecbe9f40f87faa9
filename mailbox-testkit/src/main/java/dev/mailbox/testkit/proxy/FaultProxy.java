// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import dev.mailbox.testkit.internal.net.LoopbackServer;
import dev.mailbox.testkit.proxy.LinkFault.Slot;
import dev.mailbox.testkit.tls.ServerCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in front of any server on this machine that passes bytes on unchanged, counts them, and
 * fails as and where a test says. TLS passes through it too.
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
  private final List<LineHook> hooks = new CopyOnWriteArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile TlsPlan tls = TlsPlan.NONE;
  private volatile long seed;
  private volatile int recordedBytes;
  private volatile HiddenBodies hiddenBodies = HiddenBodies.NONE;
  private final AtomicReference<@Nullable Path> record = new AtomicReference<>();

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

  /**
   * Ends TLS with this certificate on every new connection, from its first byte, and talks in clear
   * text to the server. Lines and records are those of the clear text.
   */
  public FaultProxy tls(ServerCertificate front) {
    tls = new TlsPlan(front.serverContext(), null, true);
    return this;
  }

  /**
   * As {@link #tls(ServerCertificate)}, and talks to the server with TLS from the first byte too,
   * trusting it as the context does.
   */
  public FaultProxy tls(ServerCertificate front, SSLContext back) {
    tls = new TlsPlan(front.serverContext(), back, true);
    return this;
  }

  /**
   * Ends the TLS that STARTTLS or STLS starts on a new connection, with this certificate, and
   * starts it anew with the server, trusting it as the context does. Lines and records behind it
   * are those of the clear text.
   */
  public FaultProxy startTls(ServerCertificate front, SSLContext back) {
    tls = new TlsPlan(front.serverContext(), back, false);
    return this;
  }

  /**
   * Changes lines of new connections. Each line in this direction is given without its line end,
   * one char for each byte, and what comes back goes on in its place; CRLF in it makes several
   * lines of one.
   *
   * <p>Lines are those of IMAP and POP3, which the greeting tells. Bytes that are no lines pass as
   * they are, and unseen: literals of IMAP, messages of POP3 behind RETR and TOP, all that comes
   * after STARTTLS or COMPRESS, and lines of more than 1 MiB. What comes behind a literal is a line
   * of its own. A changed announcement of a literal changes nothing of the literal; so it can be
   * made to lie.
   *
   * <p>What looks at lines ({@code rewriteLines}, {@link #dropLines} and {@link #onLine}) does so
   * in the order in which it was added, on threads of the proxy, when the line is due; a line that
   * is looked at is passed on when it is complete. {@link #heal} does not take it away. If it
   * throws, the connection is reset and {@link #close} throws.
   */
  public FaultProxy rewriteLines(Direction direction, UnaryOperator<String> change) {
    return hook(LineHook.rewriting(direction, change));
  }

  /**
   * Does not pass on such lines of new connections, nor the literal or message behind them. What
   * lines are is said at {@link #rewriteLines}.
   */
  public FaultProxy dropLines(Direction direction, Predicate<String> which) {
    return hook(LineHook.dropping(direction, which));
  }

  /**
   * Puts these faults on a new connection whenever such a line comes, before it is passed on; bytes
   * are counted from there. What lines are is said at {@link #rewriteLines}.
   *
   * <pre>{@code
   * proxy.onLine(TO_SERVER, nth(2, line -> line.contains(" FETCH ")), cut(TO_CLIENT, 100, RESET));
   * }</pre>
   */
  public FaultProxy onLine(Direction direction, Predicate<String> which, ProxyFault... faults) {
    return hook(LineHook.faults(direction, which, planned(faults)));
  }

  /**
   * Runs something whenever such a line comes on a new connection; the line is passed on when that
   * returns. What lines are is said at {@link #rewriteLines}.
   */
  public FaultProxy onLine(Direction direction, Predicate<String> which, Runnable action) {
    return hook(LineHook.running(direction, which, action));
  }

  /** Is true for the n-th line, from 1, for which the other is, over all connections. */
  public static Predicate<String> nth(int n, Predicate<String> which) {
    var count = new AtomicInteger();
    return line -> which.test(line) && count.incrementAndGet() == n;
  }

  /** Keeps the first 16 MiB of each new connection. */
  public FaultProxy recording() {
    return recording(16 << 20);
  }

  /** Keeps the first so many bytes of each new connection, both directions together. */
  public FaultProxy recording(int bytes) {
    recordedBytes = bytes;
    return this;
  }

  /**
   * As {@link #recording()}, and {@link #close} writes what all connections said to a file, without
   * secrets, as a {@code Script} can read it.
   */
  public FaultProxy record(Path file) {
    record.set(file);
    return recording();
  }

  /**
   * Shows stars in the transcripts of new connections for each byte of a message: what FETCH, RETR
   * and TOP bring and APPEND sends. Sizes, lines and all else stay, such as envelopes and names.
   *
   * @param shownFields names of header fields that are shown all the same where a message or its
   *     header is brought from its start, such as {@code "From", "Subject"}: for clients that go by
   *     them when the transcript is replayed. Their case does not matter.
   */
  public FaultProxy hideBodies(String... shownFields) {
    hiddenBodies = HiddenBodies.butFor(shownFields);
    return this;
  }

  /** What each connection has said so far as it is kept by {@link #recording}, in their order. */
  public List<Transcript> transcripts() {
    return connections.stream().map(ProxiedConnection::transcript).toList();
  }

  /** What one connection has said so far; the first is 1. */
  public Transcript transcript(int connection) {
    return connections.get(connection - 1).transcript();
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

  /**
   * Closes all connections and ends all threads. Idempotent.
   *
   * @throws IllegalStateException the first time, if something of the test's own threw at a line
   * @throws UncheckedIOException the first time, if what was recorded cannot be written
   */
  @Override
  public void close() {
    server.close();
    writeRecord();
    Throwable failure = failures.poll();
    failures.clear();
    if (failure != null) {
      throw new IllegalStateException("at a line: " + failure, failure);
    }
  }

  private void writeRecord() {
    Path file = record.getAndSet(null);
    if (file != null) {
      var text = new StringBuilder();
      for (Transcript each : transcripts()) {
        text.append("= connection ").append(each.connection()).append('\n').append(each);
      }
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private LoopbackServer.Handler admit(Socket client, int number) {
    var settings =
        new ProxiedConnection.Settings(
            tls, seed, List.copyOf(hooks), recordedBytes, hiddenBodies, failures);
    var connection = new ProxiedConnection(number, settings);
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
    return (socket, same) -> connection.serve(server, socket, target);
  }

  private FaultProxy hook(LineHook hook) {
    hooks.add(hook);
    return this;
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
