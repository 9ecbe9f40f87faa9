// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A listener on a loopback port, a free one unless told, with one daemon thread for each
 * connection. It knows every socket and thread that belongs to it; {@link #close} ends them all and
 * waits for it.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final int BACKLOG = 200;
  private static final Duration END = Duration.ofSeconds(5);

  private final String name;
  private final ServerSocket listener;
  private final Admission admission;
  private final OpenServers.Entry registration;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean closed;

  /** What to do with a connection; the socket is closed when it returns. */
  @FunctionalInterface
  public interface Handler {
    /** Serves one connection; the first has number 1. An IOException means that the peer left. */
    void handle(Socket socket, int connection) throws IOException;
  }

  /** Says what to do with a connection, on the one thread that accepts, in order of arrival. */
  @FunctionalInterface
  public interface Admission {
    /** Must not block; the first connection has number 1. */
    Handler admit(Socket socket, int connection);
  }

  private LoopbackServer(int port, String kind, Admission admission) {
    this.admission = admission;
    try {
      listener = new ServerSocket(port, BACKLOG, Loopback.ADDRESS);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + ": " + e.getMessage(), e);
    }
    name = kind + "-" + listener.getLocalPort();
    registration = OpenServers.register(name);
  }

  /** Listens at once and serves each connection so; the kind names the threads. */
  public static LoopbackServer start(String kind, Handler handler) {
    return start(0, kind, handler);
  }

  /** Does so on that port; 0 stands for a free one. */
  public static LoopbackServer start(int port, String kind, Handler handler) {
    return listen(port, kind, (socket, connection) -> handler);
  }

  /** Listens at once and asks about each connection when it is accepted. */
  public static LoopbackServer startAdmitting(String kind, Admission admission) {
    return listen(0, kind, admission);
  }

  private static LoopbackServer listen(int port, String kind, Admission admission) {
    var server = new LoopbackServer(port, kind, admission);
    server.spawn("accept", server::accept);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** What handlers threw, except IOException. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** A connection to a port of this machine that is closed together with this server. */
  public Socket connect(int port) throws IOException {
    var socket = new Socket(Loopback.ADDRESS, port);
    socket.setTcpNoDelay(true);
    adopt(socket);
    return socket;
  }

  /** Forgets and closes a socket. */
  public void release(Socket socket) {
    sockets.remove(socket);
    closeQuietly(socket);
  }

  /** Runs a task on a daemon thread that this server awaits when it closes. */
  public Thread spawn(String role, Runnable task) {
    var thread = new Thread(() -> runTracked(task), "testkit-" + name + "-" + role);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return thread;
  }

  /**
   * Closes the listener and every connection, interrupts and awaits the threads, also when the
   * caller is interrupted, which stays so. Idempotent.
   */
  @Override
  public void close() {
    closed = true;
    closeQuietly(listener);
    sockets.forEach(LoopbackServer::closeQuietly);
    threads.stream().filter(t -> t != Thread.currentThread()).forEach(Thread::interrupt);
    boolean ended = Await.untilInAnyCase(this::threadsEnded, END);
    registration.close();
    if (!ended) {
      throw new IllegalStateException(name + ": still running after close: " + threads);
    }
  }

  /** Closes, whatever happens. */
  public static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // The peer may have closed first; nothing is left to release.
    }
  }

  private boolean threadsEnded() {
    return threads.stream().allMatch(t -> t == Thread.currentThread() || !t.isAlive());
  }

  private void runTracked(Runnable task) {
    try {
      task.run();
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  private void accept() {
    while (!closed) {
      try {
        welcome(listener.accept());
      } catch (IOException e) {
        // A client that is gone before it is served; a closed listener ends the loop.
      }
    }
  }

  /** What goes wrong here ends this connection, and no other has to wait for ever. */
  private void welcome(Socket socket) throws IOException {
    adopt(socket);
    try {
      socket.setTcpNoDelay(true);
      int number = connections.incrementAndGet();
      Handler handler = admission.admit(socket, number);
      spawn("connection-" + number, () -> serve(handler, socket, number));
    } catch (IOException e) {
      release(socket);
      throw e;
    } catch (RuntimeException | Error e) {
      failures.add(e);
      release(socket);
    }
  }

  private void serve(Handler handler, Socket socket, int number) {
    try {
      handler.handle(socket, number);
    } catch (IOException e) {
      // The peer left, which is its right; scripts report it where they expected more.
    } catch (RuntimeException | Error e) {
      failures.add(e);
    } finally {
      release(socket);
    }
  }

  private void adopt(Socket socket) {
    sockets.add(socket);
    if (closed) {
      release(socket);
    }
  }
}
