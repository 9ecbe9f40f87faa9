// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.names;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The encoding of folder names (RFC 3501, section 5.1.3), by the letter. */
public final class ModifiedUtf7 {
  private ModifiedUtf7() {}

  /** The one right way to write a name. */
  public static String encode(String name) {
    var out = new StringBuilder();
    var shifted = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      if (each >= ' ' && each < 127) {
        flush(shifted, out);
        out.append(each == '&' ? "&-" : String.valueOf(each));
      } else {
        shifted.append(each);
      }
    }
    flush(shifted, out);
    return out.toString();
  }

  /**
   * The name that was encoded.
   *
   * @throws IllegalArgumentException when {@link #encode} would not have written it so
   */
  public static String decode(String wire) {
    var name = new StringBuilder();
    for (int at = 0; at < wire.length(); at++) {
      int end = wire.charAt(at) == '&' ? wire.indexOf('-', at) : at;
      if (end < 0) {
        throw new IllegalArgumentException("a shift without its end: " + wire);
      }
      name.append(end == at ? wire.substring(at, at + 1) : shifted(wire.substring(at + 1, end)));
      at = end;
    }
    if (!encode(name.toString()).equals(wire)) {
      throw new IllegalArgumentException("not modified UTF-7: " + wire);
    }
    return name.toString();
  }

  private static String shifted(String text) {
    if (text.isEmpty()) {
      return "&";
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.replace(',', '/'));
      return StandardCharsets.UTF_16BE.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-16: " + text, e);
    }
  }

  private static void flush(StringBuilder shifted, StringBuilder out) {
    if (!shifted.isEmpty()) {
      byte[] bytes = shifted.toString().getBytes(StandardCharsets.UTF_16BE);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
      out.append('&').append(base64.replace('/', ',')).append('-');
      shifted.setLength(0);
    }
  }
}
