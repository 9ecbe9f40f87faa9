// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes file names out of what senders call their files. The result is one name, without directory,
 * that Windows, macOS and Linux take as it is: no separators or drive letters, no control, bidi or
 * otherwise invisible characters, no reserved name, no leading dot, hyphen or tilde, no trailing
 * dot or space, at most {@value #MAX_CHARS} characters and {@value #MAX_BYTES} bytes of UTF-8.
 */
public final class SafeFileName {
  private static final int MAX_CHARS = 120;

  /** Common file systems allow 255; this leaves room for a number. */
  private static final int MAX_BYTES = 240;

  private static final int MAX_EXTENSION = 16;
  private static final String FORBIDDEN = "<>:\"/\\|?*";

  /** Slashes, backslashes and a colon that look like the real ones. */
  private static final String LOOKALIKES =
      "\u2044\u2215\u2216\u29F5\u29F8\u29F9\uFE68\uFF0F\uFF3C\uFF1A";

  private static final Set<String> RESERVED =
      Set.of("con", "prn", "aux", "nul", "conin$", "conout$");

  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("text/plain", "txt"),
          Map.entry("text/calendar", "ics"),
          Map.entry("text/vcard", "vcf"),
          Map.entry("text/x-vcard", "vcf"),
          Map.entry("text/rfc822-headers", "txt"),
          Map.entry("message/rfc822", "eml"),
          Map.entry("message/global", "eml"),
          Map.entry("message/delivery-status", "txt"),
          Map.entry("message/disposition-notification", "txt"),
          Map.entry("image/jpeg", "jpg"),
          Map.entry("image/svg+xml", "svg"),
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/x-wav", "wav"),
          Map.entry("application/octet-stream", "bin"),
          Map.entry("application/msword", "doc"),
          Map.entry("application/vnd.ms-excel", "xls"),
          Map.entry("application/vnd.ms-powerpoint", "ppt"),
          Map.entry("application/pkcs7-signature", "p7s"),
          Map.entry("application/x-pkcs7-signature", "p7s"),
          Map.entry("application/pkcs7-mime", "p7m"),
          Map.entry("application/x-pkcs7-mime", "p7m"),
          Map.entry("application/pgp-signature", "asc"),
          Map.entry("application/ms-tnef", "dat"));

  private SafeFileName() {}

  /**
   * A safe name.
   *
   * @param name what the sender calls it; null if it has no name
   * @param contentType the media type, from which a name is made if nothing of the name is left
   */
  public static String of(@Nullable String name, String contentType) {
    String last = name == null ? "" : lastSegment(name);
    String clean = trimmed(characters(Normalizer.normalize(last, Normalizer.Form.NFC)));
    if (clean.isEmpty()) {
      return "attachment." + extension(contentType);
    }
    return shortened(isReserved(clean) ? "_" + clean : clean);
  }

  private static String lastSegment(String name) {
    int end = name.length();
    while (end > 0 && isSeparator(name.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > 0 && !isSeparator(name.charAt(start - 1))) {
      start--;
    }
    return name.substring(start, end);
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }

  private static String characters(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints().limit(4096).forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    int type = Character.getType(c);
    if (type == Character.CONTROL || (type == Character.FORMAT && c != 0x200C && c != 0x200D)) {
      return;
    }
    if (Character.isSpaceChar(c)) {
      out.append(' ');
    } else if (FORBIDDEN.indexOf(c) >= 0
        || LOOKALIKES.indexOf(c) >= 0
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED) {
      out.append('_');
    } else {
      out.appendCodePoint(c);
    }
  }

  private static String trimmed(String name) {
    int start = 0;
    int end = name.length();
    while (start < end && ". ".indexOf(name.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && ". ".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    String trimmed = name.substring(start, end);
    boolean option = trimmed.startsWith("-") || trimmed.startsWith("~");
    return option ? "_" + trimmed : trimmed;
  }

  /** Windows reserves device names with any extension, also with spaces before it. */
  private static boolean isReserved(String name) {
    int dot = name.indexOf('.');
    String base = (dot < 0 ? name : name.substring(0, dot)).trim().toLowerCase(Locale.ROOT);
    boolean numbered =
        base.length() == 4
            && (base.startsWith("com") || base.startsWith("lpt"))
            && "0123456789\u00B9\u00B2\u00B3".indexOf(base.charAt(3)) >= 0;
    return numbered || RESERVED.contains(base);
  }

  /** Cuts the part before the extension. */
  private static String shortened(String name) {
    if (fits(name)) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    boolean hasExtension = dot > 0 && name.length() - dot <= MAX_EXTENSION;
    String extension = hasExtension ? name.substring(dot) : "";
    int end = Math.min(hasExtension ? dot : name.length(), MAX_CHARS - extension.length());
    while (!fits(name.substring(0, end) + extension)) {
      end--;
    }
    if (Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    String base = name.substring(0, end).stripTrailing();
    return extension.isEmpty() ? trimmed(base) : base + extension;
  }

  private static boolean fits(String name) {
    return name.length() <= MAX_CHARS && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  private static String extension(String contentType) {
    String known = EXTENSIONS.get(contentType);
    if (known != null) {
      return known;
    }
    String subtype = contentType.substring(contentType.indexOf('/') + 1);
    boolean plain =
        !subtype.isEmpty()
            && subtype.length() <= 5
            && subtype.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    return plain ? subtype : "bin";
  }

  /**
   * The path of a file of that name. What the file system cannot write, as in a locale without
   * Unicode, becomes an underscore.
   */
  public static Path resolve(Path directory, String name) {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      return directory.resolve(name.replaceAll("[^ -~]", "_"));
    }
  }
}
