// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a header field: its bytes, and its encoded words wherever they are (RFC 2047),
 * without control characters.
 */
final class HeaderWords {
  private static final Pattern WORD =
      Pattern.compile("(?s)=\\?([^? *]{1,80})(?:\\*[^? ]*)?\\?([BbQq])\\?(.*?)\\?=");
  private static final Pattern ESCAPE = Pattern.compile("(?s)=([0-9A-Fa-f]{2})|.");

  private HeaderWords() {}

  /** What a value means that has one char for each byte. */
  static String decode(String value) {
    String text = clean(CharsetNames.guess(value.getBytes(ISO_8859_1)));
    if (!text.contains("=?")) {
      return text;
    }
    Matcher word = WORD.matcher(text);
    var out = new StringBuilder();
    var bytes = new ByteArrayOutputStream();
    String charset = "";
    int end = 0;
    while (word.find()) {
      String between = text.substring(end, word.start());
      boolean joins = end > 0 && between.isBlank();
      if (!joins || !charset.equalsIgnoreCase(word.group(1))) {
        flush(bytes, charset, out);
        out.append(joins ? "" : between);
      }
      charset = word.group(1);
      bytes.writeBytes(bytes(word.group(2), word.group(3)));
      end = word.end();
    }
    flush(bytes, charset, out);
    return clean(out.append(text.substring(end)).toString());
  }

  private static byte[] bytes(String encoding, String content) {
    if (encoding.equalsIgnoreCase("B")) {
      return Decoding.base64(content.getBytes(ISO_8859_1));
    }
    var bytes = new ByteArrayOutputStream();
    Matcher piece = ESCAPE.matcher(content.replace('_', ' '));
    while (piece.find()) {
      String hex = piece.group(1);
      bytes.write(hex == null ? piece.group().charAt(0) : Integer.parseInt(hex, 16));
    }
    return bytes.toByteArray();
  }

  private static void flush(ByteArrayOutputStream bytes, String charset, StringBuilder out) {
    byte[] all = bytes.toByteArray();
    bytes.reset();
    out.append(
        CharsetNames.find(charset)
            .map(known -> new String(all, known))
            .orElseGet(() -> CharsetNames.guess(all)));
  }

  /** Line breaks and tabs become spaces, other control characters U+FFFD. */
  private static String clean(String text) {
    var clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean space = each == '\r' || each == '\n' || each == '\t';
      clean.append(space ? ' ' : Character.isISOControl(each) ? '\ufffd' : each);
    }
    return clean.toString();
  }
}
