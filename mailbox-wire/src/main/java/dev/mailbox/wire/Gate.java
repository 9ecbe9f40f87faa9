// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Decides what may stand in a command. Refusals name the argument and never repeat its value, which
 * may be a secret.
 */
final class Gate {
  private static final Pattern KEYWORD = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern ITEM =
      Pattern.compile("[A-Za-z][A-Za-z0-9.-]*(\\[[A-Za-z0-9. ()-]*\\](<[0-9]+(\\.[0-9]+)?>)?)?");
  private static final Pattern SET =
      Pattern.compile("([0-9]+|\\*)(:([0-9]+|\\*))?(,([0-9]+|\\*)(:([0-9]+|\\*))?)*");

  private Gate() {}

  static String keyword(String value) {
    return matching(KEYWORD, "keyword", value);
  }

  static String tag(String value) {
    return matching(TAG, "tag", value);
  }

  static String item(String value) {
    return matching(ITEM, "item", value);
  }

  static String set(String name, String value) {
    return matching(SET, name, value);
  }

  /** One word: no space, no control character. */
  static byte[] word(String name, String value) {
    refuse(name, value, c -> c == ' ', "a space");
    return text(name, value);
  }

  /** Text that runs to the end of the line: no control character. */
  static byte[] text(String name, String value) {
    if (value.isEmpty()) {
      throw refused(name, "must not be empty");
    }
    refuse(name, value, c -> c == '\r' || c == '\n', "a line break");
    refuse(name, value, Character::isISOControl, "a control character");
    return utf8(name, value);
  }

  /** An IMAP atom (RFC 9051, section 9), without the flag's backslash. */
  static byte[] atom(String name, String value) {
    refuse(name, value, c -> c <= ' ' || c >= 0x7f || "(){%*\"\\]".indexOf(c) >= 0, "a special");
    return text(name, value);
  }

  /** An IMAP flag: a keyword, or a backslash and an atom. */
  static byte[] flag(String name, String value) {
    if (value.startsWith("\\")) {
      atom(name, value.substring(1));
      return text(name, value);
    }
    return atom(name, value);
  }

  /** Any text but NUL, which no IMAP string can carry. */
  static byte[] string(String name, String value) {
    refuse(name, value, c -> c == 0, "a NUL character");
    return utf8(name, value);
  }

  /** Whether bytes may stand between quotation marks once {@code "} and {@code \} are escaped. */
  static boolean isQuotable(byte[] bytes) {
    for (byte b : bytes) {
      if (b < ' ' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  static void refuse(String name, String value, IntPredicate bad, String what) {
    if (value.chars().anyMatch(bad)) {
      throw refused(name, "must not contain " + what);
    }
  }

  static byte[] utf8(String name, String value) {
    try {
      var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw refused(name, "must not contain half a surrogate pair");
    }
  }

  private static String matching(Pattern pattern, String name, String value) {
    if (!pattern.matcher(value).matches()) {
      throw refused(name, "is not in the form that the protocol asks for");
    }
    return value;
  }

  private static IllegalArgumentException refused(String name, String why) {
    return new IllegalArgumentException(name + " " + why);
  }
}
