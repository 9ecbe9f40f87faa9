// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.time.Duration;

/** A deadline passed. What the server made of the last command is unknown. */
public final class TimedOutException extends WireException {
  private static final long serialVersionUID = 1L;

  /** The deadlines of a connection. */
  public enum Phase {
    /** The lookup of the host name. */
    LOOKUP("looking up the host name took longer than"),
    /** TCP connect, and the proxy where there is one. */
    CONNECT("no connection within"),
    /** The server's first line. */
    GREETING("no greeting within"),
    /** The TLS handshake. */
    HANDSHAKE("the TLS handshake was not finished within"),
    /** A reply of which nothing came. */
    REPLY("no answer within"),
    /** A reply that came too slowly to be honest. */
    PROGRESS("the answer came too slowly to go on, for"),
    /** A write that the server did not take. */
    WRITE("the server took no data for"),
    /** The whole operation. */
    TOTAL("the time given to the operation is over");

    private final String words;

    Phase(String words) {
      this.words = words;
    }
  }

  private final Phase phase;

  TimedOutException(Scene scene, Phase phase, Duration waited) {
    super(scene, phase == Phase.TOTAL ? phase.words : phase.words + " " + text(waited), null);
    this.phase = phase;
  }

  /** The deadline that passed. */
  public Phase phase() {
    return phase;
  }

  private static String text(Duration waited) {
    return waited.toMillis() < 10_000 ? waited.toMillis() + " ms" : waited.toSeconds() + " s";
  }
}
