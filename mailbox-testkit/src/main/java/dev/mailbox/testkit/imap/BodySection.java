// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.mail.MailSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A piece of a message: {@code BODY[section]<first.count>} (RFC 3501, section 6.4.5). */
final class BodySection {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "BODY(\\.PEEK)?\\[([A-Z0-9.]*)( \\([^()]+\\))?](<([0-9]{1,10})\\.([1-9][0-9]{0,9})>)?",
          Pattern.CASE_INSENSITIVE);

  private final boolean peek;
  private final String section;
  private final String fields;
  private final long first;
  private final long count;

  private BodySection(Matcher parts) {
    peek = parts.group(1) != null;
    section = parts.group(2).toUpperCase(Locale.ROOT);
    fields = parts.group(3) == null ? "" : parts.group(3);
    first = parts.group(4) == null ? -1 : Long.parseLong(parts.group(5));
    count = parts.group(4) == null ? Long.MAX_VALUE : Long.parseLong(parts.group(6));
  }

  static BodySection parse(String word) throws Refusal {
    Matcher parts = SYNTAX.matcher(word);
    if (!parts.matches()) {
      throw Refusal.bad("nothing that FETCH knows: " + word);
    }
    var parsed = new BodySection(parts);
    switch (parsed.section) {
      case "", "HEADER", "TEXT" -> parsed.checkFields(false);
      case "HEADER.FIELDS", "HEADER.FIELDS.NOT" -> parsed.checkFields(true);
      default -> throw Refusal.no("[CANNOT] parts are not known");
    }
    return parsed;
  }

  boolean isPeek() {
    return peek;
  }

  /** As it is called in the reply. */
  String label() {
    return "BODY[" + section + fields + "]" + (first < 0 ? "" : "<" + first + ">");
  }

  void writeTo(MailSource source, ImapReply reply) {
    long size = source.sizeInBytes();
    switch (section) {
      case "" -> slice(source, 0, size, reply);
      case "HEADER" -> slice(source, 0, MailHeader.of(source).length(), reply);
      case "TEXT" -> slice(source, MailHeader.of(source).length(), size, reply);
      default -> {
        String wanted = MailHeader.of(source).only(names(), section.endsWith("NOT"));
        var selected = MailSource.of(wanted.getBytes(ISO_8859_1));
        slice(selected, 0, selected.sizeInBytes(), reply);
      }
    }
  }

  private void slice(MailSource source, long from, long to, ImapReply reply) {
    long start = Math.min(to, from + Math.max(0, first));
    reply.literal(source, start, Math.min(count, to - start));
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    List<String> words =
        new ArrayList<>(List.of(fields.strip().replaceAll("[()\"]", "").split(" ", -1)));
    names.addAll(words);
    return names;
  }

  private void checkFields(boolean wanted) throws Refusal {
    if (fields.isEmpty() == wanted) {
      throw Refusal.violation("BODY[" + section + fields + "]");
    }
  }
}
