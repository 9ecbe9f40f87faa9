// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Each fault knows what it does to a connection. */
sealed interface LinkFault extends ProxyFault {

  /** What there can be but one of on a connection. */
  record Slot(Class<?> kind, @Nullable Direction direction) {}

  /** Null if it concerns both. */
  @Nullable Direction direction();

  void putOn(ProxiedConnection connection);

  default Slot slot() {
    return new Slot(getClass(), direction());
  }

  record Cut(Direction direction, long bytes, Closing ending) implements LinkFault {
    public Cut {
      require(bytes >= 0, "bytes", bytes);
    }

    @Override
    public void putOn(ProxiedConnection connection) {
      connection.valve(direction).cutAfter(bytes, ending);
      connection.settle();
    }
  }

  record HalfClose(Direction direction, long bytes) implements LinkFault {
    public HalfClose {
      require(bytes >= 0, "bytes", bytes);
    }

    @Override
    public void putOn(ProxiedConnection connection) {
      connection.valve(direction).halfCloseAfter(bytes);
      connection.settle();
    }
  }

  record Stall(Direction direction, long bytes) implements LinkFault {
    public Stall {
      require(bytes >= 0, "bytes", bytes);
    }

    @Override
    public void putOn(ProxiedConnection connection) {
      connection.valve(direction).stallAfter(bytes);
    }
  }

  record Latency(Direction direction, Duration delay, Duration jitter) implements LinkFault {
    public Latency {
      require(!delay.isNegative(), "delay", delay);
      require(!jitter.isNegative(), "jitter", jitter);
    }

    @Override
    public void putOn(ProxiedConnection connection) {
      connection.delay(direction).set(delay, jitter);
    }
  }

  record Bandwidth(Direction direction, long bytesPerSecond) implements LinkFault {
    public Bandwidth {
      require(bytesPerSecond >= 1, "bytesPerSecond", bytesPerSecond);
    }

    @Override
    public void putOn(ProxiedConnection connection) {
      connection.valve(direction).limitRate(bytesPerSecond);
    }
  }

  record Slice(Direction direction, int bytes) implements LinkFault {
    public Slice {
      require(bytes >= 1, "bytes", bytes);
    }

    @Override
    public void putOn(ProxiedConnection connection) {
      connection.valve(direction).limitPieces(bytes);
    }
  }

  record Refusal(Closing ending) implements LinkFault {
    @Override
    public @Nullable Direction direction() {
      return null;
    }

    @Override
    public void putOn(ProxiedConnection connection) {
      connection.refuse(ending);
    }
  }

  private static void require(boolean good, String what, Object value) {
    if (!good) {
      throw new IllegalArgumentException(what + ": " + value);
    }
  }
}
