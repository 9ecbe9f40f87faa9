// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import dev.mailbox.testkit.internal.words.Phrase;
import dev.mailbox.testkit.internal.words.Wording;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why something that a client asks for is not done; a protocol makes its reply of it. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final transient @Nullable Phrase phrase;
  private final transient Map<String, String> known;
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

  private Refusal(Kind kind, String text, @Nullable Phrase phrase, Map<String, String> known) {
    super(text);
    this.kind = kind;
    this.text = text;
    this.phrase = phrase;
    this.known = known;
  }

  private Refusal(Kind kind, String text) {
    this(kind, text, null, Map.of());
  }

  private Refusal(Kind kind, Phrase phrase, Map<String, String> known) {
    this(kind, Wording.NEUTRAL.say(phrase, known), phrase, known);
  }

  /** It was understood, but cannot be done; each server has its words for that. */
  public static Refusal no(Phrase phrase) {
    return new Refusal(Kind.NO, phrase, Map.of());
  }

  /** The same, where something is known. */
  public static Refusal no(Phrase phrase, String name, Object value) {
    return new Refusal(Kind.NO, phrase, Map.of(name, String.valueOf(value)));
  }

  /** It is not possible here or now, or no command; each server has its words for that. */
  public static Refusal violation(Phrase phrase) {
    return new Refusal(Kind.VIOLATION, phrase, Map.of());
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

  /** Whether it is that which is said. */
  public boolean isAbout(Phrase other) {
    return other.equals(phrase);
  }

  /** The same in the words of a server; empty where there is no phrase for it. */
  public Optional<String> text(Wording wording) {
    return Optional.ofNullable(phrase).map(p -> wording.say(p, known));
  }

  public boolean isViolation() {
    return kind == Kind.VIOLATION;
  }
}
