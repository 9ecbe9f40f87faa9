// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A parameter in several sections, or with a charset (RFC 2231 sections 3 and 4). */
final class ParameterSections {
  private record Section(String value, boolean isEncoded) {}

  private final Map<Integer, Section> sections = new TreeMap<>();

  /** Adds a section by the end of its name: {@code *}, {@code *0} or {@code *0*}. */
  void add(String suffix, String value) {
    boolean encoded = suffix.endsWith("*");
    String digits = suffix.replace("*", "");
    int number = 0;
    if (!digits.isEmpty()) {
      try {
        number = Integer.parseUnsignedInt(digits);
      } catch (NumberFormatException e) {
        return;
      }
    }
    sections.putIfAbsent(number, new Section(value, encoded));
  }

  /** All sections joined, one byte in each character. */
  String bytes() {
    return new String(join(charset()), StandardCharsets.ISO_8859_1);
  }

  String text() {
    @Nullable String charset = charset();
    byte[] joined = join(charset);
    if (charset != null && !charset.isEmpty()) {
      return Charsets.decode(joined, charset);
    }
    return EncodedWords.decode(HeaderText.guess(joined));
  }

  /** What stands before the first apostrophe of an encoded first section; null if there is none. */
  private @Nullable String charset() {
    @Nullable Section first = sections.get(0);
    if (first == null || !first.isEncoded()) {
      return null;
    }
    int quote = first.value().indexOf('\'');
    return quote < 0 || first.value().indexOf('\'', quote + 1) < 0
        ? null
        : first.value().substring(0, quote);
  }

  private byte[] join(@Nullable String charset) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Map.Entry<Integer, Section> entry : sections.entrySet()) {
      Section section = entry.getValue();
      String value = section.value();
      if (entry.getKey() == 0 && charset != null) {
        value = value.substring(value.indexOf('\'', charset.length() + 1) + 1);
      }
      if (section.isEncoded()) {
        percentDecode(value, joined);
      } else {
        joined.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return joined.toByteArray();
  }

  static String percentDecoded(String value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    percentDecode(value, out);
    return HeaderText.guess(out.toByteArray());
  }

  private static void percentDecode(String value, ByteArrayOutputStream out) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int decoded =
          c == '%' && i + 2 < value.length()
              ? EncodedWords.hex(value.charAt(i + 1), value.charAt(i + 2))
              : -1;
      out.write(decoded >= 0 ? decoded : c);
      i += decoded >= 0 ? 2 : 0;
    }
  }
}
