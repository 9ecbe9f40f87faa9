// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a connection waits, and for what. Immutable. */
public final class Timeouts {
  private static final Timeouts DEFAULTS = new Builder().build();

  private final Duration connect;
  private final Duration greeting;
  private final Duration handshake;
  private final Duration reply;
  private final @Nullable Duration total;
  private final int progressBytes;

  private Timeouts(Builder builder) {
    connect = builder.connect;
    greeting = builder.greeting;
    handshake = builder.handshake;
    reply = builder.reply;
    total = builder.total;
    progressBytes = builder.progressBytes;
  }

  /** The defaults named at each accessor. */
  public static Timeouts defaults() {
    return DEFAULTS;
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Name lookup, TCP connect and proxy together; 15 s. */
  public Duration connect() {
    return connect;
  }

  /** The whole first line of the server; 30 s. */
  public Duration greeting() {
    return greeting;
  }

  /** The TLS handshake; 30 s. */
  public Duration handshake() {
    return handshake;
  }

  /**
   * The window of a reply; 60 s. A short reply has to be complete within one window; in a long one
   * every window has to bring {@link #progressBytes()}. Only time spent waiting for the peer
   * counts. One blocked write may last as long.
   */
  public Duration reply() {
    return reply;
  }

  /** The life of the connection from connect on; none by default. */
  public Optional<Duration> total() {
    return Optional.ofNullable(total);
  }

  /** Bytes, without TLS, that a reply still under way has to bring in each window; 1024. */
  public int progressBytes() {
    return progressBytes;
  }

  /** Builds {@link Timeouts}. Not thread-safe; every duration must be positive. */
  public static final class Builder {
    private Duration connect = Duration.ofSeconds(15);
    private Duration greeting = Duration.ofSeconds(30);
    private Duration handshake = Duration.ofSeconds(30);
    private Duration reply = Duration.ofSeconds(60);
    private @Nullable Duration total;
    private int progressBytes = 1024;

    private Builder() {}

    /** Sets {@link Timeouts#connect()}. */
    public Builder connect(Duration duration) {
      connect = positive(duration);
      return this;
    }

    /** Sets {@link Timeouts#greeting()}. */
    public Builder greeting(Duration duration) {
      greeting = positive(duration);
      return this;
    }

    /** Sets {@link Timeouts#handshake()}. */
    public Builder handshake(Duration duration) {
      handshake = positive(duration);
      return this;
    }

    /** Sets {@link Timeouts#reply()}. */
    public Builder reply(Duration duration) {
      reply = positive(duration);
      return this;
    }

    /** Sets {@link Timeouts#total()}. */
    public Builder total(Duration duration) {
      total = positive(duration);
      return this;
    }

    /** Sets {@link Timeouts#progressBytes()}; at least 1. */
    public Builder progressBytes(int bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("progressBytes must be at least 1: " + bytes);
      }
      progressBytes = bytes;
      return this;
    }

    /** The timeouts as they are set now. */
    public Timeouts build() {
      return new Timeouts(this);
    }

    private static Duration positive(Duration duration) {
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException("a timeout must be positive: " + duration);
      }
      return duration;
    }
  }
}
