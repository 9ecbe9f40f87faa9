// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.content.Defect;
import dev.mailbox.testkit.internal.mime.TransferEncoding;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Locale;

/** Transfer encodings and charsets, as far as the bytes can be understood. */
final class Decoding {
  private static final int LONGEST_TEXT = 4 << 20;

  private Decoding() {}

  static byte[] decode(byte[] body, String encoding, Defects defects) {
    String name = encoding.strip().toLowerCase(Locale.ROOT);
    if (name.equals("base64")) {
      return base64(body, defects);
    }
    byte[] decoded = TransferEncoding.decode(name, body);
    if (decoded == null) {
      defects.add(Defect.Kind.ENCODING, "the transfer encoding " + name + " is not known");
      return body;
    }
    return decoded;
  }

  /** What is no base64 is left out, and so is a last character that stands alone. */
  private static byte[] base64(byte[] body, Defects defects) {
    String text = new String(body, ISO_8859_1);
    String letters = text.replaceAll("[^A-Za-z0-9+/]", "");
    String others = text.replaceAll("[A-Za-z0-9+/=\\s]", "");
    int whole = letters.length() % 4 == 1 ? letters.length() - 1 : letters.length();
    if (!others.isEmpty() || whole < letters.length()) {
      defects.add(Defect.Kind.ENCODING, "the data is not base64");
    }
    return Base64.getDecoder().decode(letters.substring(0, whole));
  }

  static String text(byte[] bytes, String charsetName, Defects defects) {
    String text = new String(bytes, charset(charsetName, defects));
    if (text.indexOf('\ufffd') >= 0) {
      defects.add(Defect.Kind.CHARSET, "there are bytes that are not of the charset");
    }
    if (text.length() > LONGEST_TEXT) {
      defects.add(Defect.Kind.LIMIT, "the text is too long");
      return text.substring(0, LONGEST_TEXT);
    }
    return text;
  }

  private static Charset charset(String name, Defects defects) {
    try {
      return name.isEmpty() ? UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      defects.add(Defect.Kind.CHARSET, "the charset " + name + " is not known");
      return UTF_8;
    }
  }
}
