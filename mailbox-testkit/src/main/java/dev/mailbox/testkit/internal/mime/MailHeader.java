// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.mail.MailSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The header of a mail: its bytes up to and with the empty line, one char for each. */
public final class MailHeader {
  private final String text;

  private MailHeader(String text) {
    this.text = text;
  }

  public static MailHeader of(MailSource source) {
    var header = new ByteArrayOutputStream();
    try (var in = new BufferedInputStream(source.open())) {
      for (int line = copyLine(in, header); line > 0; ) {
        line = copyLine(in, header);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MailHeader(header.toString(ISO_8859_1));
  }

  public long length() {
    return text.length();
  }

  /** Fields with their continuation lines, as they are. */
  public List<String> fields() {
    List<String> fields = new ArrayList<>();
    for (String line : text.split("(?<=\n)", -1)) {
      boolean continued = line.startsWith(" ") || line.startsWith("\t");
      if (continued && !fields.isEmpty()) {
        fields.set(fields.size() - 1, fields.get(fields.size() - 1) + line);
      } else if (!line.isBlank()) {
        fields.add(line);
      }
    }
    return fields;
  }

  /** The values of all fields with that name, unfolded. */
  public List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (String field : fields()) {
      if (name(field).equalsIgnoreCase(name)) {
        String value = field.substring(field.indexOf(':') + 1);
        values.add(value.replaceAll("\r?\n(?=[ \t])", "").strip());
      }
    }
    return values;
  }

  public String first(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? "" : values.get(0);
  }

  /** A header of only these fields, or of all but these. */
  public String only(Set<String> names, boolean not) {
    var selected = new StringBuilder();
    for (String field : fields()) {
      if (names.contains(name(field)) != not) {
        selected.append(field.endsWith("\n") ? field : field + "\r\n");
      }
    }
    return selected.append("\r\n").toString();
  }

  private static String name(String field) {
    int colon = field.indexOf(':');
    return colon < 0 ? "" : field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }

  /** How many bytes the line has without its end; 0 ends a header, and so does the end of all. */
  private static int copyLine(InputStream in, ByteArrayOutputStream out) throws IOException {
    int length = 0;
    for (int each = in.read(); each >= 0; each = in.read()) {
      out.write(each);
      if (each == '\n') {
        return length;
      }
      length += each == '\r' ? 0 : 1;
    }
    return 0;
  }
}
