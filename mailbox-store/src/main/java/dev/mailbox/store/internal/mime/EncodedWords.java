// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Decodes encoded words (RFC 2047), also where the standard forbids them: inside words, in quoted
 * strings, with spaces in them. What is no encoded word stays as it is.
 *
 * <p>The bytes of neighboring words of one charset are joined before they are decoded, since many
 * senders split characters between words.
 */
final class EncodedWords {
  private static final int MAX_CHARSET_NAME = 80;

  private final String text;
  private final StringBuilder out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private String bytesCharset = "";

  // The word that was matched last.
  private String charset = "";
  private char encoding;
  private int contentStart;
  private int contentEnd;

  /** The next "?=" from some place on, remembered so that many openers do not search it again. */
  private int nextClose = -1;

  private EncodedWords(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  /** The text with its encoded words decoded, which may bring in control characters. */
  static String decode(String text) {
    int first = text.indexOf("=?");
    return first < 0 ? text : new EncodedWords(text).decodeFrom(first);
  }

  /** Finds the ends of encoded words in one text, in ascending order, in linear time overall. */
  static final class Finder {
    private final EncodedWords words;

    Finder(String text) {
      this.words = new EncodedWords(text);
    }

    /** Where the encoded word that begins there ends, or -1 if none does. */
    int end(int start) {
      return words.matches(start) ? words.contentEnd + 2 : -1;
    }
  }

  private String decodeFrom(int first) {
    int copied = 0;
    int at = first;
    while (at >= 0) {
      if (matches(at)) {
        boolean joins = bytes.size() > 0 && isBlank(copied, at);
        if (!joins || !charset.equalsIgnoreCase(bytesCharset)) {
          flush();
        }
        if (!joins) {
          out.append(text, copied, at);
        }
        bytesCharset = charset;
        take();
        copied = contentEnd + 2;
        at = text.indexOf("=?", copied);
      } else {
        at = text.indexOf("=?", at + 2);
      }
    }
    flush();
    return out.append(text, copied, text.length()).toString();
  }

  private boolean matches(int start) {
    int charsetStart = start + 2;
    int i = charsetStart;
    int limit = Math.min(text.length(), charsetStart + MAX_CHARSET_NAME);
    while (i < limit && text.charAt(i) > ' ' && text.charAt(i) != '?') {
      i++;
    }
    if (i == charsetStart || i + 2 >= text.length() || text.charAt(i) != '?') {
      return false;
    }
    encoding = Character.toUpperCase(text.charAt(i + 1));
    if ((encoding != 'B' && encoding != 'Q') || text.charAt(i + 2) != '?') {
      return false;
    }
    contentStart = i + 3;
    contentEnd = close(contentStart);
    if (contentEnd < 0) {
      return false;
    }
    charset = withoutLanguage(text.substring(charsetStart, i));
    return true;
  }

  private int close(int from) {
    if (nextClose < from && nextClose != Integer.MAX_VALUE) {
      int found = text.indexOf("?=", from);
      nextClose = found < 0 ? Integer.MAX_VALUE : found;
    }
    return nextClose == Integer.MAX_VALUE ? -1 : nextClose;
  }

  /** RFC 2231 section 5 lets a language follow the charset. */
  private static String withoutLanguage(String charset) {
    int star = charset.indexOf('*');
    return (star < 0 ? charset : charset.substring(0, star)).toLowerCase(Locale.ROOT);
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) > ' ') {
        return false;
      }
    }
    return true;
  }

  private void take() {
    if (encoding == 'B') {
      byte[] encoded =
          text.substring(contentStart, contentEnd).getBytes(StandardCharsets.ISO_8859_1);
      Base64Decoder decoder = new Base64Decoder();
      byte[] decoded = new byte[decoder.maxDecoded(encoded.length)];
      bytes.write(decoded, 0, decoder.decode(encoded, 0, encoded.length, decoded));
      bytes.write(decoded, 0, decoder.finish(decoded));
    } else {
      takeQ();
    }
  }

  private void takeQ() {
    for (int i = contentStart; i < contentEnd; i++) {
      char c = text.charAt(i);
      int value = c == '=' && i + 2 < contentEnd ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
      if (value >= 0) {
        bytes.write(value);
        i += 2;
      } else if (c == '_') {
        bytes.write(' ');
      } else if (c < 128) {
        bytes.write(c);
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The value of two hexadecimal digits, or -1. */
  static int hex(int high, int low) {
    int h = Character.digit(high, 16);
    int l = Character.digit(low, 16);
    return h < 0 || l < 0 || high > 127 || low > 127 ? -1 : h * 16 + l;
  }

  private void flush() {
    if (bytes.size() > 0) {
      out.append(Charsets.decode(bytes.toByteArray(), bytesCharset));
      bytes.reset();
    }
  }
}
