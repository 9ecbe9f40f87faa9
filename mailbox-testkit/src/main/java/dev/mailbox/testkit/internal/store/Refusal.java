// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

/** Why something that a client asks for is not done; a protocol makes its reply of it. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String text;

  /** How a refusal is told. */
  public enum Kind {
    /** It was understood, but cannot be done. */
    NO,
    /** The protocol has BAD for it, and yet the client may do so. */
    BAD,
    /** It is not possible here or now, or no command at all; that is held against the client. */
    VIOLATION
  }

  private Refusal(Kind kind, String text) {
    super(text);
    this.kind = kind;
    this.text = text;
  }

  /** It was understood, but cannot be done. */
  public static Refusal no(String text) {
    return new Refusal(Kind.NO, text);
  }

  /** The protocol has BAD for it, and yet the client may do so. */
  public static Refusal bad(String text) {
    return new Refusal(Kind.BAD, text);
  }

  /** It is not possible here or now, or no command by the grammar. */
  public static Refusal violation(String text) {
    return new Refusal(Kind.VIOLATION, text);
  }

  /** How it is told, such as {@code NO}. */
  public String status() {
    return kind == Kind.NO ? "NO" : "BAD";
  }

  /** The code, if there is one, and the words. */
  public String text() {
    return text;
  }

  public boolean isViolation() {
    return kind == Kind.VIOLATION;
  }
}
