// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.util.Locale;

/**
 * A flag of a message: one of the system flags of RFC 9051 section 2.3.2, or a keyword.
 *
 * <p>Flags are equal without regard to case. {@code \Deleted} and {@code \Recent} are not offered:
 * {@link MessageActions#delete} removes messages, and a server's {@code \Recent} means nothing to
 * more than one client.
 *
 * @param name the name as the protocol writes it, system flags with a leading backslash
 */
public record Flag(String name) {
  /** The message has been read. */
  public static final Flag SEEN = new Flag("\\Seen");

  /** The message has been answered. */
  public static final Flag ANSWERED = new Flag("\\Answered");

  /** The message is marked as urgent or special. */
  public static final Flag FLAGGED = new Flag("\\Flagged");

  /** The message is not finished. */
  public static final Flag DRAFT = new Flag("\\Draft");

  /** The message has been forwarded ({@code $Forwarded}). */
  public static final Flag FORWARDED = new Flag("$Forwarded");

  /** The message is taken for junk ({@code $Junk}). */
  public static final Flag JUNK = new Flag("$Junk");

  /** The message is known not to be junk ({@code $NotJunk}). */
  public static final Flag NOT_JUNK = new Flag("$NotJunk");

  /**
   * Makes a flag of its protocol name; {@link #keyword} is the usual way.
   *
   * @throws IllegalArgumentException if the name is neither a system flag offered here nor an atom
   *     of at most 100 characters (RFC 9051 section 9)
   */
  public Flag {
    if (name.startsWith("\\")) {
      name = systemName(name);
    } else {
      checkAtom(name);
    }
  }

  private static String systemName(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "\\seen" -> "\\Seen";
      case "\\answered" -> "\\Answered";
      case "\\flagged" -> "\\Flagged";
      case "\\draft" -> "\\Draft";
      default -> throw new IllegalArgumentException("not a system flag that can be set");
    };
  }

  private static void checkAtom(String name) {
    if (name.isEmpty() || name.length() > 100) {
      throw new IllegalArgumentException("a keyword has 1 to 100 characters");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || "(){%*\"\\]".indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            "a keyword must be an atom of printable ASCII, without spaces, CR, LF or any of"
                + " ( ) { % * \" \\ ]");
      }
    }
  }

  /**
   * A keyword.
   *
   * @throws IllegalArgumentException if the name is not an atom of at most 100 characters
   */
  public static Flag keyword(String name) {
    checkAtom(name);
    return new Flag(name);
  }

  /** Whether this is a system flag rather than a keyword. */
  public boolean isSystem() {
    return name.charAt(0) == '\\';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Flag flag && flag.name.equalsIgnoreCase(name);
  }

  @Override
  public int hashCode() {
    return name.toLowerCase(Locale.ROOT).hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
