// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.TimedOutException.Phase;
import dev.mailbox.wire.Watchdog.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket whose streams keep to deadlines and heed interrupts.
 *
 * <p>TLS is layered on top and never sees a timeout that is not final, which it could not survive
 * in the middle of a record or of a handshake. Closing wakes every call that is blocked here.
 */
final class RawSocket extends Socket {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Fate fate;
  private final Patience patience;
  private volatile Duration writeTimeout;
  private @Nullable TimedInput in;
  private @Nullable OutputStream out;

  RawSocket(Fate fate, Patience patience, Duration writeTimeout) {
    this.fate = fate;
    this.patience = patience;
    this.writeTimeout = writeTimeout;
  }

  RawSocket(Proxy proxy, Fate fate, Patience patience, Duration writeTimeout) {
    super(proxy);
    this.fate = fate;
    this.patience = patience;
    this.writeTimeout = writeTimeout;
  }

  /** Connects within {@code nanos}; an interrupt ends it too. */
  void connectWithin(SocketAddress address, long nanos) throws IOException {
    Deadline never = Deadline.never();
    Watch watch = Watchdog.start(new Watch(never, Scene::interrupted, this::end));
    try {
      super.connect(address, millis(nanos));
    } finally {
      Watchdog.stop(watch);
    }
    setTcpNoDelay(true);
    setKeepAlive(true);
    in = new TimedInput(super.getInputStream());
    out = new TimedOutput(super.getOutputStream());
  }

  /** Sets how long each of the writes to come may be blocked. */
  void writeWithin(Duration timeout) {
    writeTimeout = timeout;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return in == null ? super.getInputStream() : in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return out == null ? super.getOutputStream() : out;
  }

  /** Waits until something can be read, which the end of the stream is too. */
  boolean awaitInput(long nanos) throws IOException {
    return in != null && in.await(nanos);
  }

  /** Ends the connection and wakes the thread that is blocked in it. */
  void end(Function<Scene, WireException> how) {
    fate.end(how);
    closeQuietly();
  }

  void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // The descriptor is released all the same; there is nobody to tell.
    }
  }

  private void tick(long nanos) throws IOException {
    int millis = millis(Math.min(nanos, TICK_NANOS));
    if (getSoTimeout() != millis) {
      setSoTimeout(millis);
    }
  }

  private IOException ended(Function<Scene, WireException> how) {
    end(how);
    return new SocketException("ended");
  }

  private static int millis(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    // 0 would be for ever.
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  private final class TimedInput extends InputStream {
    private final InputStream source;

    /** A byte that was read to see whether there is one, or -1. */
    private int ahead = -1;

    TimedInput(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Waits for a byte, or for the end of the stream; false if the time passed first. */
    boolean await(long nanos) throws IOException {
      long end = System.nanoTime() + nanos;
      while (ahead < 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw ended(Scene::interrupted);
        }
        long total = patience.total().remainingNanos();
        if (total <= 0) {
          throw ended(patience.verdict());
        }
        long left = Math.min(end - System.nanoTime(), total);
        if (left <= 0) {
          return false;
        }
        tick(left);
        try {
          ahead = source.read();
          return true;
        } catch (SocketTimeoutException e) {
          // A tick: look around and go on.
        }
      }
      return true;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
      if (ahead >= 0 && length > 0) {
        array[offset] = (byte) ahead;
        ahead = -1;
        return 1;
      }
      while (true) {
        if (Thread.currentThread().isInterrupted()) {
          throw ended(Scene::interrupted);
        }
        long left = patience.leftNanos();
        if (left <= 0) {
          throw ended(patience.verdict());
        }
        tick(left);
        long start = System.nanoTime();
        try {
          return source.read(array, offset, length);
        } catch (SocketTimeoutException e) {
          // A tick: look around and go on.
        } finally {
          patience.waited(System.nanoTime() - start);
        }
      }
    }

    @Override
    public int available() throws IOException {
      return source.available() + (ahead >= 0 ? 1 : 0);
    }
  }

  private final class TimedOutput extends OutputStream {
    private final OutputStream target;

    TimedOutput(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
      Deadline deadline = Deadline.after(writeTimeout).earliest(patience.total());
      Watch watch =
          Watchdog.start(
              new Watch(
                  deadline,
                  scene -> patience.verdict(Phase.WRITE, writeTimeout).apply(scene),
                  RawSocket.this::end));
      try {
        target.write(array, offset, length);
      } finally {
        Watchdog.stop(watch);
      }
    }
  }
}
