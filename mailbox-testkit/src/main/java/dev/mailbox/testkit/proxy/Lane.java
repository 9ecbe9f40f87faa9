// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import dev.mailbox.testkit.proxy.Flight.Chunk;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection. One thread reads and another delivers what is due, for a delay in
 * the reader would hold back what comes behind it. Each ends when the stream does.
 */
final class Lane {
  private static final int MOST_AT_ONCE = 1 << 16;

  private final ProxiedConnection connection;
  private final Direction direction;
  private final Valve valve = new Valve();
  private final Delay delay;
  private final Flight flight = new Flight();

  Lane(ProxiedConnection connection, Direction direction, long seed) {
    this.connection = connection;
    this.direction = direction;
    this.delay = new Delay(seed);
  }

  Valve valve() {
    return valve;
  }

  Delay delay() {
    return delay;
  }

  Flight flight() {
    return flight;
  }

  /** Reads to the end of the stream. */
  void read(Side from) {
    var buffer = new byte[MOST_AT_ONCE];
    try {
      int length;
      do {
        length = next(from, buffer);
        byte[] bytes = Arrays.copyOf(buffer, length);
        if (!connection.tookForTls(direction, bytes)) {
          pass(bytes);
        }
      } while (length > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Delivers to the end of the stream, and that as well; lines only if there are hooks. */
  void deliver(Side to, List<LineHook> hooks) {
    var outlet = new Outlet(connection, direction, to);
    LineFilter lines =
        hooks.isEmpty() ? null : new LineFilter(connection, direction, hooks, outlet);
    try {
      Chunk chunk;
      do {
        chunk = flight.first();
        deliver(chunk, outlet, lines);
        flight.removeFirst();
      } while (!chunk.isEnd());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(byte[] bytes) throws InterruptedException {
    // Before the client learns of it, for its handshake follows at once.
    boolean startsTls = connection.isTlsAgreed(direction, bytes);
    long due = delay.due(System.nanoTime());
    flight.put(new Chunk(bytes, due));
    if (startsTls) {
      flight.put(Chunk.tlsStart(due));
      connection.startTlsWithServer();
    }
  }

  private int next(Side from, byte[] buffer) {
    try {
      int length = from.read(buffer);
      if (length > 0) {
        connection.heard(direction);
      }
      return length;
    } catch (IOException e) {
      connection.broken(direction == Direction.TO_CLIENT);
      return 0;
    }
  }

  private void deliver(Chunk chunk, Outlet outlet, @Nullable LineFilter lines)
      throws InterruptedException {
    if (valve.isShut()) {
      return;
    }
    outlet.due(chunk.due());
    try {
      if (chunk.isTlsStart()) {
        connection.recorder().event("starttls");
        connection.awaitClientTls();
      } else if (lines == null) {
        outlet.pass(chunk.bytes(), 0, chunk.bytes().length);
      } else {
        lines.feed(chunk.bytes());
      }
      if (chunk.isEnd()) {
        connection.recorder().end(direction == Direction.TO_SERVER ? "end" : "close");
        end(outlet, lines);
      }
    } catch (IOException e) {
      // Where a fault has ended this direction, a write may have been in its way.
      if (!valve.isShut()) {
        connection.broken(direction == Direction.TO_SERVER);
      }
    } catch (RuntimeException | Error e) {
      connection.failed(e);
    }
  }

  private static void end(Outlet outlet, @Nullable LineFilter lines)
      throws IOException, InterruptedException {
    if (lines != null) {
      lines.end();
    }
    outlet.finish();
  }
}
