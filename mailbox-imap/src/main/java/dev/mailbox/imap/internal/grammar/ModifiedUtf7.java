// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The encoding of mailbox names where UTF-8 was not agreed on (RFC 3501 section 5.1.3): printable
 * ASCII stands for itself, {@code &-} for {@code &}, and all else is UTF-16 in base64 between
 * {@code &} and {@code -}, with {@code ,} for {@code /}.
 */
public final class ModifiedUtf7 {
  private static final int BITS = 6;

  private ModifiedUtf7() {}

  /** The encoded form, of which each text has exactly one; also half a surrogate pair is kept. */
  public static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (isPrintable(c)) {
        out.append(c == '&' ? "&-" : String.valueOf(c));
        i++;
      } else {
        int end = i + 1;
        while (end < text.length() && !isPrintable(text.charAt(end))) {
          end++;
        }
        shift(text, i, end, out);
        i = end;
      }
    }
    return out.toString();
  }

  private static boolean isPrintable(char c) {
    return c >= ' ' && c <= '~';
  }

  private static void shift(String text, int start, int end, StringBuilder out) {
    byte[] utf16 = new byte[2 * (end - start)];
    for (int i = start; i < end; i++) {
      utf16[2 * (i - start)] = (byte) (text.charAt(i) >> 8);
      utf16[2 * (i - start) + 1] = (byte) text.charAt(i);
    }
    byte[] base64 = Base64.getEncoder().withoutPadding().encode(utf16);
    String ascii = new String(base64, StandardCharsets.US_ASCII);
    out.append('&').append(ascii.replace('/', ',')).append('-');
  }

  /**
   * What an encoded form says. A text that is none is returned as it is: some servers send UTF-8,
   * or a bare {@code &}. What is encoded in another way than {@link #encode} does, is still read.
   */
  public static String decode(String encoded) {
    StringBuilder out = new StringBuilder(encoded.length());
    int i = 0;
    while (i < encoded.length()) {
      char c = encoded.charAt(i++);
      if (c == '&') {
        int end = encoded.indexOf('-', i);
        if (end < 0 || !unshift(encoded, i, end, out)) {
          return encoded;
        }
        i = end + 1;
      } else if (isPrintable(c)) {
        out.append(c);
      } else {
        return encoded;
      }
    }
    return out.toString();
  }

  /** Decodes what stands between {@code &} and {@code -}; false if it is ill-formed. */
  private static boolean unshift(String encoded, int start, int end, StringBuilder out) {
    if (start == end) {
      out.append('&');
      return true;
    }
    int pending = 0;
    int bits = 0;
    for (int i = start; i < end; i++) {
      int value = value(encoded.charAt(i));
      if (value < 0) {
        return false;
      }
      pending = pending << BITS | value;
      bits += BITS;
      if (bits >= Character.SIZE) {
        bits -= Character.SIZE;
        out.append((char) (pending >> bits));
        pending &= (1 << bits) - 1;
      }
    }
    // What is left over is padding: less than a digit, and zero.
    return bits < BITS && pending == 0;
  }

  private static int value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    } else if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    } else if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    } else if (c == '+') {
      return 62;
    }
    return c == ',' ? 63 : -1;
  }
}
