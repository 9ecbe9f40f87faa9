// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Folder names as they are sent: modified UTF-7 (RFC 3501, section 5.1.3). */
final class FolderNames {
  private FolderNames() {}

  /** INBOX in capitals, whatever the case; other names as they are. */
  static String canonical(String name, char delimiter) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals("INBOX") || upper.startsWith("INBOX" + delimiter)
        ? "INBOX" + name.substring(5)
        : name;
  }

  static String encode(String name) {
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

  /** The name that was encoded; only what {@link #encode} makes of a name is one. */
  static String decode(String wire) throws Refusal {
    var name = new StringBuilder();
    for (int at = 0; at < wire.length(); at++) {
      int end = wire.charAt(at) == '&' ? wire.indexOf('-', at) : at;
      if (end < 0) {
        throw Refusal.no("[CANNOT] a shift without its end in a folder's name");
      }
      name.append(end == at ? wire.substring(at, at + 1) : shifted(wire.substring(at + 1, end)));
      at = end;
    }
    if (!encode(name.toString()).equals(wire)) {
      throw Refusal.no("[CANNOT] a folder's name that is not modified UTF-7");
    }
    return name.toString();
  }

  private static String shifted(String text) throws Refusal {
    if (text.isEmpty()) {
      return "&";
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.replace(',', '/'));
      return StandardCharsets.UTF_16BE.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw Refusal.no("[CANNOT] a folder's name that is not modified UTF-7");
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
