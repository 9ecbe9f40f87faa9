// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.CutProxy.Direction;
import dev.mailbox.testkit.internal.net.LoopbackServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a proxied connection. With latency, one thread reads and another delivers what
 * is due: a delay in the reader would hold back what comes behind it.
 */
final class ProxyLane {
  private static final int CHUNK = 1 << 16;
  private static final int CHUNKS_ON_THE_WAY = 1 << 10;

  private final ProxiedConnection connection;
  private final Direction direction;
  private final Socket from;
  private final Socket to;

  private static final class Chunk {
    private final byte[] bytes;
    private final long due;

    Chunk(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }

    boolean isEnd() {
      return bytes.length == 0;
    }
  }

  /** Takes what was read; a length of 0 is the end of the stream. */
  private interface Sink {
    void accept(byte[] bytes, int length) throws IOException, InterruptedException;
  }

  ProxyLane(ProxiedConnection connection, Direction direction, Socket from, Socket to) {
    this.connection = connection;
    this.direction = direction;
    this.from = from;
    this.to = to;
  }

  /** Blocks until this direction has ended. */
  void run(LoopbackServer threads, Duration delay) {
    if (delay.isZero()) {
      boolean unused = read(this::deliver);
      return;
    }
    BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(CHUNKS_ON_THE_WAY);
    Thread sender = threads.spawn("late-" + to.getPort(), () -> deliverWhenDue(queue));
    boolean orderly =
        read(
            (bytes, length) -> {
              long due = System.nanoTime() + delay.toNanos();
              queue.put(new Chunk(Arrays.copyOf(bytes, length), due));
            });
    if (!orderly) {
      sender.interrupt();
    }
    join(sender);
  }

  private boolean read(Sink sink) {
    var buffer = new byte[CHUNK];
    try {
      int length;
      do {
        length = Math.max(0, from.getInputStream().read(buffer));
        if (length > 0) {
          connection.heard(direction);
        }
        sink.accept(buffer, length);
      } while (length > 0);
      return true;
    } catch (IOException e) {
      connection.broken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void deliver(byte[] bytes, int length) throws IOException {
    if (length == 0) {
      connection.ended(direction);
    } else {
      connection.pass(direction, bytes, length);
    }
  }

  private void deliverWhenDue(BlockingQueue<Chunk> queue) {
    try {
      Chunk chunk;
      do {
        chunk = queue.take();
        waitUntil(chunk.due);
        deliver(chunk.bytes, chunk.bytes.length);
      } while (!chunk.isEnd());
    } catch (IOException e) {
      connection.broken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waitUntil(long due) {
    long left = due - System.nanoTime();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = due - System.nanoTime();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
