// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.content.Defect;
import dev.mailbox.testkit.internal.mime.TransferEncoding;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Transfer encodings and charsets, as far as the bytes can be understood. */
final class Decoding {
  private static final Set<String> UUENCODE = Set.of("x-uuencode", "x-uue", "uuencode");
  private static final int LONGEST_TEXT = 4 << 20;
  private static final Pattern NO_ESCAPE =
      Pattern.compile("=(?![0-9A-Fa-f]{2}|[ \\t]*\r?\n|[ \\t]*$)");

  private Decoding() {}

  static byte[] decode(byte[] body, String encoding, Defects defects) {
    String name = encoding.strip().toLowerCase(Locale.ROOT);
    if (name.equals("base64")) {
      if (isBrokenBase64(body)) {
        defects.add(Defect.Kind.ENCODING, "a body is not valid base64");
      }
      return base64(body);
    }
    byte[] decoded = TransferEncoding.decode(name, body);
    if (decoded == null && UUENCODE.contains(name)) {
      return body;
    } else if (decoded == null) {
      defects.add(Defect.Kind.ENCODING, "an unknown transfer encoding");
      return body;
    }
    if (name.equals("quoted-printable") && NO_ESCAPE.matcher(latin(body)).find()) {
      defects.add(Defect.Kind.ENCODING, "a body is not valid quoted-printable");
    }
    return decoded;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static boolean isBrokenBase64(byte[] body) {
    int letters = 0;
    for (byte each : body) {
      if (isLetter(each)) {
        letters++;
      } else if (each != '=' && !Character.isWhitespace(each)) {
        return true;
      }
    }
    return letters % 4 == 1;
  }

  private static boolean isLetter(byte each) {
    return (each >= 0 && Character.isLetterOrDigit(each)) || each == '+' || each == '/';
  }

  /** What is no base64 is left out, and so is a last character that stands alone. */
  static byte[] base64(byte[] body) {
    byte[] letters = new byte[body.length];
    int count = 0;
    for (byte each : body) {
      if (isLetter(each)) {
        letters[count++] = each;
      }
    }
    return Base64.getDecoder().decode(Arrays.copyOf(letters, count % 4 == 1 ? count - 1 : count));
  }

  /** Without a charset that is known, it is UTF-8 if it can be that, else windows-1252. */
  static String text(byte[] bytes, String charsetName, Defects defects) {
    Optional<Charset> known = CharsetNames.find(charsetName);
    if (known.isPresent()) {
      return text(bytes, known.get(), defects);
    }
    boolean unknown = !charsetName.isEmpty() && !CharsetNames.isAscii(charsetName);
    if (unknown) {
      defects.add(Defect.Kind.CHARSET, "an unknown charset");
    }
    if (CharsetNames.isIn(bytes, UTF_8)) {
      return text(bytes, UTF_8, defects);
    }
    if (!unknown) {
      defects.add(Defect.Kind.CHARSET, "a text that is not US-ASCII names no other charset");
    }
    return text(bytes, CharsetNames.WINDOWS_1252, defects);
  }

  private static String text(byte[] bytes, Charset charset, Defects defects) {
    String text = new String(bytes, charset);
    if (text.indexOf('\ufffd') >= 0 && !CharsetNames.isIn(bytes, charset)) {
      defects.add(Defect.Kind.CHARSET, "a text is not valid " + charset);
    }
    if (text.length() > LONGEST_TEXT) {
      defects.add(Defect.Kind.LIMIT, "a text is longer than " + LONGEST_TEXT + " characters");
      text = text.substring(0, LONGEST_TEXT);
    }
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
