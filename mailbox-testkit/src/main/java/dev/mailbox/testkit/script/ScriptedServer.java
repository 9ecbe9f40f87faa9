// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.internal.net.LoopbackServer;
import dev.mailbox.testkit.internal.talk.TalkLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that says exactly what a test tells it to, on a loopback port: for odd bytes and hostile
 * behavior of any line protocol. Each connection takes the next script that waits, or else what
 * {@link #everyConnection} named. Thread-safe; each connection has a daemon thread, all of them
 * have ended when {@link #close} returns.
 *
 * <pre>{@code
 * try (var server = ScriptedServer.start()) {
 *   server.next(script().sendLine("+OK hello").expect("CAPA").sendLine("-ERR no").reset());
 *   client.connect(server.url("pop3"));
 *   server.verify();
 * }
 * }</pre>
 */
public final class ScriptedServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ReceivedLines received = new ReceivedLines();
  private final Queue<ConnectionHandler> scripts = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Set<ScriptedConnection> running = ConcurrentHashMap.newKeySet();
  private final LoopbackServer server;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<ScriptedConnection> open = ConcurrentHashMap.newKeySet();
  private final TalkLog log = new TalkLog();
  private volatile @Nullable LoopbackServer tlsServer;
  private volatile @Nullable ConnectionHandler every;
  private volatile Handshake handshake = ScriptedConnection::startTls;

  /** How TLS begins where it comes before anything is said. */
  @FunctionalInterface
  public interface Handshake {
    /**
     * Makes the handshake with that context, or does otherwise; on the thread of the connection.
     * What ends the connection leaves nothing to its handler.
     */
    void begin(ScriptedConnection connection, SSLContext context) throws IOException;
  }

  private ScriptedServer(int port, @Nullable SSLContext implicitTls) {
    this.server =
        LoopbackServer.start(port, "scripted", (socket, unused) -> serve(socket, implicitTls));
  }

  /** A server that speaks clear text, at least until a script starts TLS. */
  public static ScriptedServer start() {
    return startOn(0);
  }

  /**
   * Does so on that port, for programs that are started by hand; 0 stands for a free one.
   *
   * @throws UncheckedIOException when it is taken
   */
  public static ScriptedServer startOn(int port) {
    return new ScriptedServer(port, null);
  }

  /** A server that makes a TLS handshake before anything is said. */
  public static ScriptedServer startTls(SSLContext context) {
    return new ScriptedServer(0, context);
  }

  /** Also listens on a port of its own where a TLS handshake comes before anything is said. */
  public ScriptedServer alsoTls(SSLContext context) {
    return alsoTlsOn(0, context);
  }

  /**
   * Does so on that port; 0 stands for a free one.
   *
   * @throws UncheckedIOException when it is taken
   */
  public ScriptedServer alsoTlsOn(int port, SSLContext context) {
    if (tlsServer != null) {
      throw new IllegalStateException("it listens for TLS already");
    }
    tlsServer =
        LoopbackServer.start(port, "scripted-tls", (socket, unused) -> serve(socket, context));
    return this;
  }

  /**
   * The port of {@link #alsoTls} on 127.0.0.1.
   *
   * @throws IllegalStateException when there is none
   */
  public int tlsPort() {
    LoopbackServer tls = tlsServer;
    if (tls == null) {
      throw new IllegalStateException("it does not listen for TLS");
    }
    return tls.port();
  }

  /** Appends a script or handler for one connection. */
  public ScriptedServer next(ConnectionHandler handler) {
    scripts.add(handler);
    return this;
  }

  /** Appends scripts for as many connections, such as those of {@link Script#read}. */
  public ScriptedServer next(List<Script> handlers) {
    scripts.addAll(handlers);
    return this;
  }

  /** What to do with each connection for which no script waits. Without it, that is a failure. */
  public ScriptedServer everyConnection(ConnectionHandler handler) {
    every = handler;
    return this;
  }

  /** Begins TLS so where it comes before anything is said, instead of by a plain handshake. */
  public ScriptedServer handshakes(Handshake how) {
    handshake = how;
    return this;
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.port();
  }

  /** For example {@code pop3://localhost:12345} for the scheme {@code pop3}. */
  public String url(String scheme) {
    return scheme + "://localhost:" + port();
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return connections.get();
  }

  /**
   * How many connections are open now: those that neither side has closed, or only the server. Not
   * counted is one that the server does not listen to any more, see {@link
   * ScriptedConnection#deafen}.
   */
  public int openConnections() {
    return (int) open.stream().filter(ScriptedConnection::isOpen).count();
  }

  /**
   * What clients and the server said, inside TLS and compression, as text: the last 200 lines in
   * their order, each with the number of its connection and {@code C:} for the client, {@code S:}
   * for the server or {@code --} for what happened. Secrets are {@code ***}; of long replies only
   * the first lines and the last are told, of long literals only the size.
   */
  public String transcript() {
    return String.join("\n", log.lines());
  }

  /** All lines of all clients so far, without line ends, in order of arrival. */
  public List<String> received() {
    return received.all();
  }

  /** The lines of one connection; the first is 1. */
  public List<String> received(int connection) {
    return received.of(connection);
  }

  /**
   * Waits until some line that a client said matches the regular expression as a whole.
   *
   * @throws AssertionError with what was said instead, when the time is over
   */
  public void awaitReceived(String regex, Duration timeout) {
    var wanted = Pattern.compile(regex);
    if (!received.await(() -> received().stream().anyMatch(wanted.asMatchPredicate()), timeout)) {
      throw new AssertionError(
          "nothing matching <" + regex + "> in " + timeout + "; clients said " + received.shown());
    }
  }

  /** Waits until so many connections were accepted, or throws an {@link AssertionError}. */
  public void awaitConnections(int count, Duration timeout) {
    if (!received.await(() -> connections() >= count, timeout)) {
      throw new AssertionError(
          "expected " + count + " connections in " + timeout + " but had " + connections());
    }
  }

  /**
   * Waits up to three seconds for the scripts to complete.
   *
   * @throws AssertionError when an expectation failed, a script did not complete, nobody came for
   *     it, or a client came for whom there was none
   */
  public void verify() {
    verify(PATIENCE);
  }

  /** As {@link #verify()}, but waits no longer than this for scripts to complete. */
  public void verify(Duration patience) {
    boolean unused = received.await(this::isDone, patience);
    var problems = new ArrayList<>(failures);
    problems.addAll(server.failures());
    if (tlsServer != null) {
      problems.addAll(tlsServer.failures());
    }
    unsettled().forEach(c -> problems.add(unfinished(c)));
    if (!scripts.isEmpty()) {
      problems.add(new AssertionError(scripts.size() + " scripts waited for a connection in vain"));
    }
    if (!problems.isEmpty()) {
      var failure = new AssertionError(problems.get(0).getMessage(), problems.get(0));
      problems.stream().skip(1).forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** Closes all connections and ends all threads. Idempotent; it does not {@link #verify}. */
  @Override
  public void close() {
    try {
      server.close();
    } finally {
      if (tlsServer != null) {
        tlsServer.close();
      }
    }
  }

  private void serve(Socket socket, @Nullable SSLContext implicitTls) throws IOException {
    var around = new ScriptedConnection.Surroundings(server::spawn, log);
    var connection =
        new ScriptedConnection(socket, connections.incrementAndGet(), received, around);
    running.add(connection);
    open.add(connection);
    try {
      ConnectionHandler handler = handler(connection);
      if (implicitTls != null) {
        handshake.begin(connection, implicitTls);
      }
      if (!connection.isSettled()) {
        handler.handle(connection);
      }
      connection.finish();
    } catch (AssertionError e) {
      failures.add(e);
    } catch (IOException e) {
      connection.broken(e);
      throw e;
    } finally {
      running.remove(connection);
      open.remove(connection);
      received.signal();
    }
  }

  private ConnectionHandler handler(ScriptedConnection connection) {
    ConnectionHandler script = scripts.poll();
    if (script != null) {
      return script;
    }
    // What serves every connection has no end that could be awaited.
    running.remove(connection);
    ConnectionHandler shared = every;
    if (shared == null) {
      throw new AssertionError(
          "connection " + connection.number() + " came and no script waited for it");
    }
    return shared;
  }

  private boolean isDone() {
    return scripts.isEmpty() && unsettled().isEmpty();
  }

  private List<ScriptedConnection> unsettled() {
    return running.stream().filter(c -> !c.isSettled()).toList();
  }

  private AssertionError unfinished(ScriptedConnection connection) {
    String where = connection.waiting();
    return new AssertionError(
        "the script of connection "
            + connection.number()
            + " did not complete; "
            + (where.isEmpty() ? "" : where + "; ")
            + "the client said "
            + received.shown(connection.number()));
  }
}
