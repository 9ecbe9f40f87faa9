// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.mime.FieldValue;
import java.io.ByteArrayOutputStream;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of an attachment: as it was sent (RFC 2231, RFC 2047), and made safe. */
final class PartName {
  private static final int LONGEST = 120;
  private static final int LONGEST_EXTENSION = 16;
  private static final int MOST_BYTES = 240;
  private static final int MOST_CHARS = 1_000;
  private static final Pattern LAST = Pattern.compile("[^/\\\\]*(?=[/\\\\]*$)");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\u200c\\u200d]]");

  /** What systems forbid, what looks like it, and what is no character. */
  private static final Pattern UNSAFE =
      Pattern.compile(
          "[<>:\"/\\\\|?*\\u2044\\u2215\\u2216\\u29f5\\u29f8\\u29f9\\ufe68\\uff0f\\uff3c\\uff1a"
              + "\\p{Cs}\\p{Co}\\p{Cn}]");

  private static final Pattern PIECE = Pattern.compile("(?s)%([0-9A-Fa-f]{2})|.");
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\\u00b9\\u00b2\\u00b3]) *(\\..*)?");
  private static final Map<String, String> EXTENSIONS = new HashMap<>();

  static {
    for (String each :
        ("txt text/plain text/rfc822-headers message/delivery-status"
                + " message/disposition-notification; ics text/calendar; vcf text/vcard text/x-vcard;"
                + " eml message/rfc822 message/global; jpg image/jpeg; svg image/svg+xml;"
                + " mp3 audio/mpeg; wav audio/x-wav; bin application/octet-stream;"
                + " doc application/msword; xls application/vnd.ms-excel;"
                + " ppt application/vnd.ms-powerpoint;"
                + " p7s application/pkcs7-signature application/x-pkcs7-signature;"
                + " p7m application/pkcs7-mime application/x-pkcs7-mime;"
                + " asc application/pgp-signature; dat application/ms-tnef")
            .split("; ", -1)) {
      String[] words = each.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        EXTENSIONS.put(words[i], words[0]);
      }
    }
  }

  private PartName() {}

  /** The name that the sender gave it; in one field under one name, in the other under another. */
  static Optional<String> sent(FieldValue disposition, FieldValue type) {
    return parameter(disposition, "filename")
        .or(() -> parameter(type, "name"))
        .map(name -> name.substring(0, Math.min(name.length(), MOST_CHARS)))
        .filter(name -> !name.isEmpty());
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
    return HeaderWords.decode(value);
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
    byte[] all = bytes.toByteArray();
    return CharsetNames.find(parts.length == 3 ? parts[0] : "")
        .map(known -> new String(all, known))
        .orElseGet(() -> CharsetNames.guess(all));
  }

  /**
   * A name without directories and without what some system takes for something else. One that is
   * missing is made of the type.
   */
  static String safe(String name, String contentType) {
    var found = LAST.matcher(name);
    String last = found.find() ? found.group() : "";
    String visible =
        INVISIBLE.matcher(Normalizer.normalize(last, Normalizer.Form.NFC)).replaceAll("");
    String plain = UNSAFE.matcher(visible.replaceAll("\\p{Z}", " ")).replaceAll("_");
    String trimmed = plain.replaceAll("^[. ]+|[. ]+$", "");
    if (trimmed.isEmpty()) {
      return "attachment." + extension(contentType);
    }
    boolean taken = trimmed.matches("[-~].*") || RESERVED.matcher(trimmed).matches();
    return shortened(taken ? "_" + trimmed : trimmed);
  }

  private static String extension(String contentType) {
    String subtype = contentType.substring(contentType.indexOf('/') + 1);
    String plain = subtype.matches("[a-z0-9]{1,5}") ? subtype : "bin";
    return EXTENSIONS.getOrDefault(contentType, plain);
  }

  /** Cuts what is before the extension. */
  private static String shortened(String name) {
    int dot = name.lastIndexOf('.');
    String extension =
        dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
    String base = name.substring(0, name.length() - extension.length());
    while (base.length() + extension.length() > LONGEST
        || (base + extension).getBytes(UTF_8).length > MOST_BYTES) {
      base = base.substring(0, base.offsetByCodePoints(base.length(), -1));
    }
    String cut = base.length() + extension.length() < name.length() ? base.stripTrailing() : base;
    return extension.isEmpty() ? cut.replaceAll("[. ]+$", "") : cut + extension;
  }
}
