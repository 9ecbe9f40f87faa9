// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.internal.mime.MimePart;
import dev.mailbox.testkit.internal.mime.TransferEncoding;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.mail.MailSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a message: {@code BODY[section]<first.count>} (RFC 3501, section 6.4.5), or {@code
 * BINARY[section]} of RFC 3516.
 */
final class BodySection {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(BODY|BINARY|BINARY\\.SIZE)(\\.PEEK)?\\[((?:[1-9][0-9]{0,4}(?:\\.[1-9][0-9]{0,4}){0,199}\\.?)?)([A-Z.]*)"
              + "( \\([^()]+\\))?](<([0-9]{1,10})\\.([1-9][0-9]{0,9})>)?",
          Pattern.CASE_INSENSITIVE);

  private final String kind;
  private final boolean peek;
  private final String path;
  private final String section;
  private final String fields;
  private final long first;
  private final long count;

  private BodySection(Matcher parts) {
    kind = parts.group(1).toUpperCase(Locale.ROOT);
    peek = parts.group(2) != null;
    path = parts.group(3);
    section = parts.group(4).toUpperCase(Locale.ROOT);
    fields = parts.group(5) == null ? "" : parts.group(5);
    first = parts.group(6) == null ? -1 : Long.parseLong(parts.group(7));
    count = parts.group(6) == null ? Long.MAX_VALUE : Long.parseLong(parts.group(8));
  }

  static BodySection parse(String word) throws Refusal {
    Matcher parts = SYNTAX.matcher(word);
    if (!parts.matches()) {
      throw Refusal.violation("nothing that FETCH knows: " + word);
    }
    var parsed = new BodySection(parts);
    if (parsed.isSize() && parsed.first >= 0) {
      throw Refusal.violation(word);
    }
    boolean known =
        switch (parsed.section) {
          case "" -> parsed.fields.isEmpty() && !parsed.path.endsWith(".");
          case "HEADER", "TEXT" -> parsed.fields.isEmpty() && parsed.isPlace();
          case "MIME" -> parsed.fields.isEmpty() && parsed.path.endsWith(".");
          case "HEADER.FIELDS", "HEADER.FIELDS.NOT" -> !parsed.fields.isEmpty() && parsed.isPlace();
          default -> false;
        };
    if (!known || (parsed.isBinary() && !parsed.section.isEmpty())) {
      throw Refusal.violation(word);
    }
    return parsed;
  }

  boolean isPeek() {
    return peek || isSize();
  }

  boolean isBinary() {
    return kind.startsWith("BINARY");
  }

  private boolean isSize() {
    return kind.equals("BINARY.SIZE");
  }

  private boolean isPlace() {
    return path.isEmpty() || path.endsWith(".");
  }

  /** As it is called in the reply. */
  String label() {
    return kind + "[" + path + section + fields + "]" + (first < 0 ? "" : "<" + first + ">");
  }

  void writeTo(MailSource source, ImapReply reply) throws Refusal {
    if (path.isEmpty() && isBinary()) {
      write(source.bytes(), reply);
      return;
    }
    if (!path.isEmpty()) {
      Optional<byte[]> bytes = ofPart(MimePart.parse(source.bytes()));
      if (bytes.isEmpty()) {
        reply.text(isSize() ? "0" : "NIL");
      } else {
        write(bytes.get(), reply);
      }
      return;
    }
    long size = source.sizeInBytes();
    switch (section) {
      case "" -> slice(source, 0, size, reply);
      case "HEADER" -> slice(source, 0, MailHeader.of(source).length(), reply);
      case "TEXT" -> slice(source, MailHeader.of(source).length(), size, reply);
      default -> {
        MailSource selected = MailSource.of(only(MailHeader.of(source)));
        slice(selected, 0, selected.sizeInBytes(), reply);
      }
    }
  }

  private void write(byte[] bytes, ImapReply reply) {
    if (isSize()) {
      reply.text("" + bytes.length);
      return;
    }
    int start = (int) Math.min(bytes.length, Math.max(0, first));
    int length = (int) Math.min(count, bytes.length - start);
    if (isBinary() && hasNul(bytes)) {
      reply.text("~");
    }
    reply.literal(MailSource.of(bytes), start, length);
  }

  private Optional<byte[]> ofPart(MimePart mail) throws Refusal {
    MimePart part = mail;
    @SuppressWarnings("StringSplitter") // The dot at the end belongs to what follows.
    String[] numbers = path.isEmpty() ? new String[0] : path.split("\\.");
    for (int i = 0; i < numbers.length; i++) {
      MimePart whole = i == 0 ? mail : part.message().orElse(part);
      int index = Integer.parseInt(numbers[i]) - 1;
      List<MimePart> parts = whole.parts();
      // What is no multipart is the one part of its message, and has none itself.
      boolean alone = parts.isEmpty() && index == 0 && (i == 0 || whole != part);
      if (!alone && index >= parts.size()) {
        return Optional.empty();
      }
      part = alone ? whole : parts.get(index);
    }
    return isBinary() ? decoded(part) : piece(part);
  }

  private Optional<byte[]> piece(MimePart part) {
    return switch (section) {
      case "" -> Optional.of(part.body());
      case "MIME" -> Optional.of(part.headerBytes());
      case "HEADER" -> part.message().map(MimePart::headerBytes);
      case "TEXT" -> part.message().map(MimePart::body);
      default -> part.message().map(inner -> only(inner.header()));
    };
  }

  private static Optional<byte[]> decoded(MimePart part) throws Refusal {
    String encoding = part.header().first("Content-Transfer-Encoding");
    byte[] bytes = TransferEncoding.decode(encoding, part.body());
    if (bytes == null) {
      throw Refusal.no("[UNKNOWN-CTE] no encoding that is known here");
    }
    return Optional.of(bytes);
  }

  private void slice(MailSource source, long from, long to, ImapReply reply) {
    long start = Math.min(to, from + Math.max(0, first));
    reply.literal(source, start, Math.min(count, to - start));
  }

  private byte[] only(MailHeader header) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(new ArrayList<>(List.of(fields.strip().replaceAll("[()\"]", "").split(" ", -1))));
    return header.only(names, section.endsWith("NOT")).getBytes(ISO_8859_1);
  }

  private static boolean hasNul(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }
}
