// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What several tests of a connection need. */
final class WireTestSupport {
  /** Bytes without an end that matters. */
  static final Payload ENDLESS =
      new Payload() {
        @Override
        public long size() {
          return Long.MAX_VALUE / 2;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
          byte[] block = new byte[64 * 1024];
          while (true) {
            out.write(block);
          }
        }
      };

  private WireTestSupport() {}

  /** A call on a thread of its own, and how it failed. */
  static final class Blocked {
    private final FutureTask<Throwable> task;
    private final Thread thread;
    private volatile boolean flagged;

    private Blocked(ThrowingCallable call) {
      task =
          new FutureTask<>(
              () -> {
                try {
                  call.call();
                  return null;
                } catch (Throwable e) {
                  flagged = Thread.currentThread().isInterrupted();
                  return e;
                }
              });
      thread = new Thread(task, "test-blocked");
      thread.start();
    }

    Thread thread() {
      return thread;
    }

    boolean interruptFlag() {
      return flagged;
    }

    Throwable failure() throws Exception {
      Throwable failure = task.get(10, TimeUnit.SECONDS);
      thread.join(5_000);
      return failure;
    }

    /** Waits until the thread is inside a socket call of the wire. */
    Blocked awaitIn(String method) {
      Deadline deadline = Deadline.after(Duration.ofSeconds(5));
      while (!isIn(method)) {
        if (deadline.isExpired()) {
          throw new AssertionError(thread + " is not in " + method);
        }
        Thread.onSpinWait();
      }
      return this;
    }

    private boolean isIn(String method) {
      for (StackTraceElement frame : thread.getStackTrace()) {
        if (frame.getMethodName().equals(method)) {
          return true;
        }
      }
      return false;
    }
  }

  static Blocked blocked(ThrowingCallable call) {
    return new Blocked(call);
  }

  /** Joins a thread that is about to end. */
  static void join(Thread thread) {
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw new AssertionError(thread + " is left over");
    }
  }

  static Duration time(ThrowingCallable call) throws Throwable {
    long start = System.nanoTime();
    call.call();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** A port on which connections are neither made nor refused: its queue is full. */
  static final class FullPort implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> queued = new ArrayList<>();

    FullPort() throws Exception {
      listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      boolean full = false;
      while (!full && queued.size() < 100) {
        Socket socket = new Socket();
        queued.add(socket);
        try {
          socket.connect(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()),
              200);
        } catch (SocketTimeoutException e) {
          full = true;
        }
      }
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : queued) {
        socket.close();
      }
      listener.close();
    }
  }
}
