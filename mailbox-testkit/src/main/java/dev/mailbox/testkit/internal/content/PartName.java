// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.mime.FieldValue;
import dev.mailbox.testkit.internal.mime.SearchText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of an attachment: as it was sent (RFC 2231, RFC 2047), and made safe. */
final class PartName {
  private static final int LONGEST = 120;
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}:*?\"<>|]");
  private static final Pattern PIECE = Pattern.compile("(?s)%([0-9A-Fa-f]{2})|.");
  private static final Pattern RESERVED =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  private PartName() {}

  /** The name that the sender gave it; in one field under one name, in the other under another. */
  static Optional<String> sent(FieldValue disposition, FieldValue type) {
    return parameter(disposition, "filename").or(() -> parameter(type, "name"));
  }

  private static Optional<String> parameter(FieldValue field, String name) {
    Optional<String> whole = field.parameter(name + "*").map(PartName::extended);
    return whole
        .or(() -> sections(field, name))
        .or(() -> field.parameter(name).map(PartName::text));
  }

  /** A long name in numbered pieces, of which those with a star are encoded. */
  private static Optional<String> sections(FieldValue field, String name) {
    var joined = new StringBuilder();
    boolean encoded = false;
    for (int i = 0; ; i++) {
      Optional<String> piece = field.parameter(name + "*" + i);
      if (piece.isEmpty()) {
        piece = field.parameter(name + "*" + i + "*");
        encoded |= piece.isPresent();
      }
      if (piece.isEmpty()) {
        break;
      }
      joined.append(piece.get());
    }
    if (joined.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(encoded ? extended(joined.toString()) : text(joined.toString()));
  }

  private static String text(String value) {
    return SearchText.ofField(value);
  }

  /** Charset, language and percent signs. */
  private static String extended(String value) {
    String[] parts = value.split("'", 3);
    String encoded = parts[parts.length - 1];
    var bytes = new ByteArrayOutputStream();
    var piece = PIECE.matcher(encoded);
    while (piece.find()) {
      String hex = piece.group(1);
      bytes.write(hex == null ? piece.group().charAt(0) : Integer.parseInt(hex, 16));
    }
    return bytes.toString(parts.length == 3 ? charset(parts[0]) : UTF_8);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return UTF_8;
    }
  }

  /** A name without directories and without what some system takes for something else. */
  static String safe(String name, String contentType) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = trimmed(UNSAFE.matcher(last).replaceAll("_"));
    if (plain.isEmpty()) {
      plain = "part." + (contentType.equals("text/plain") ? "txt" : extension(contentType));
    }
    String free = RESERVED.matcher(plain).matches() ? "_" + plain : plain;
    return free.length() <= LONGEST ? free : shortened(free);
  }

  private static String trimmed(String name) {
    return name.replaceAll("[. ]+$", "").replaceAll("^[ ]+", "");
  }

  private static String extension(String contentType) {
    String letters =
        contentType.substring(contentType.indexOf('/') + 1).replaceAll("[^a-z0-9]", "");
    return letters.isEmpty() || letters.length() > 8 ? "bin" : letters;
  }

  private static String shortened(String name) {
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= 20 ? name.substring(dot) : "";
    return trimmed(name.substring(0, LONGEST - extension.length())) + extension;
  }
}
