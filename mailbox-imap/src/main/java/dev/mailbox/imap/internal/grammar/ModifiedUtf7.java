// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The encoding of folder names (RFC 3501 section 5.1.3). */
public final class ModifiedUtf7 {
  private ModifiedUtf7() {}

  /** The name as it is sent. */
  public static String encode(String name) {
    StringBuilder out = new StringBuilder(name.length() + 8);
    int i = 0;
    while (i < name.length()) {
      char c = name.charAt(i);
      if (c == '&') {
        out.append("&-");
        i++;
      } else if (isPlain(c)) {
        out.append(c);
        i++;
      } else {
        int end = i;
        while (end < name.length() && !isPlain(name.charAt(end))) {
          end++;
        }
        byte[] utf16 = name.substring(i, end).getBytes(StandardCharsets.UTF_16BE);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
        out.append('&').append(base64.replace('/', ',')).append('-');
        i = end;
      }
    }
    return out.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f;
  }

  /** The name that was sent so; what is not in this encoding is taken as it is. */
  public static String decode(String sent) {
    StringBuilder out = new StringBuilder(sent.length());
    int i = 0;
    while (i < sent.length()) {
      char c = sent.charAt(i);
      if (c != '&') {
        out.append(c);
        i++;
        continue;
      }
      int end = sent.indexOf('-', i);
      if (end < 0) {
        return sent;
      }
      String shifted = end == i + 1 ? "&" : shifted(sent.substring(i + 1, end));
      if (shifted.isEmpty()) {
        return sent;
      }
      out.append(shifted);
      i = end + 1;
    }
    return out.toString();
  }

  /** The text of a shifted part; empty if it is none. */
  private static String shifted(String base64) {
    try {
      byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
      return base64.indexOf('/') >= 0 || utf16.length % 2 != 0
          ? ""
          : new String(utf16, StandardCharsets.UTF_16BE);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
