// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import dev.mailbox.testkit.proxy.Flight.Chunk;
import java.io.IOException;
import java.util.Arrays;

/**
 * One direction of a connection. One thread reads and another delivers what is due, for a delay in
 * the reader would hold back what comes behind it. Each ends when the stream does.
 */
final class Lane {
  private static final int MOST_AT_ONCE = 1 << 16;

  private final ProxiedConnection connection;
  private final Direction direction;
  private final Valve valve;
  private final Delay delay;
  private final Flight flight = new Flight();

  Lane(ProxiedConnection connection, Direction direction, long seed) {
    this.connection = connection;
    this.direction = direction;
    this.valve = new Valve();
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
        flight.put(new Chunk(Arrays.copyOf(buffer, length), delay.due(System.nanoTime())));
      } while (length > 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Delivers to the end of the stream, and that as well. */
  void deliver(Side to) {
    try {
      Chunk chunk;
      do {
        chunk = flight.first();
        deliver(chunk, to);
        flight.removeFirst();
      } while (!chunk.isEnd());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
      connection.broken();
      return 0;
    }
  }

  private void deliver(Chunk chunk, Side to) throws InterruptedException {
    if (chunk.isEnd()) {
      if (valve.admit(0, chunk.due()) != Valve.SHUT) {
        to.finish();
      }
      return;
    }
    try {
      pass(chunk, to);
    } catch (IOException e) {
      connection.broken();
    }
  }

  private void pass(Chunk chunk, Side to) throws IOException, InterruptedException {
    byte[] bytes = chunk.bytes();
    int at = 0;
    while (at < bytes.length) {
      int part = valve.admit(bytes.length - at, chunk.due());
      if (part == Valve.SHUT) {
        return;
      }
      to.write(bytes, at, part);
      at += part;
      connection.settle();
    }
  }
}
