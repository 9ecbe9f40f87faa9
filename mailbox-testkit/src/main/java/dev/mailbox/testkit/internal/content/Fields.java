// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import dev.mailbox.content.Address;
import dev.mailbox.content.Defect;
import dev.mailbox.content.HeaderField;
import dev.mailbox.content.Headers;
import dev.mailbox.testkit.internal.mime.MailAddress;
import dev.mailbox.testkit.internal.mime.MailHeader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of a header, as they are and decoded. Immutable. */
final class Fields {
  private static final int MOST_FIELDS = 10_000;
  private static final int LONGEST_FIELD = 1 << 20;
  private static final int MOST_IDS = 1_000;
  private static final Pattern FIELD = Pattern.compile("([!-9;-~]+)[ \\t]*:");

  /** What mbox files put in front of each mail. */
  private static final Pattern MBOX = Pattern.compile(">?From ");

  private final List<Field> fields = new ArrayList<>();
  private final Headers headers;
  private final Set<Defect> defects = new LinkedHashSet<>();

  /** A field whose value is unfolded, one char for each byte. */
  private record Field(String name, String value) {}

  Fields(MailHeader header) {
    for (String text : header.fields()) {
      if (fields.size() == MOST_FIELDS) {
        defects.add(new Defect(Defect.Kind.LIMIT, "more than " + MOST_FIELDS + " header fields"));
        break;
      }
      var field = FIELD.matcher(text);
      if (field.lookingAt()) {
        int from = Math.min(field.end(), LONGEST_FIELD);
        String value = text.substring(from, Math.min(text.length(), LONGEST_FIELD));
        if (text.length() > LONGEST_FIELD) {
          defects.add(new Defect(Defect.Kind.LIMIT, "a header field is longer than 1 MiB"));
        }
        fields.add(new Field(field.group(1), unfolded(value)));
      } else if (!MBOX.matcher(text).lookingAt()) {
        defects.add(new Defect(Defect.Kind.HEADER_SYNTAX, "a line of the header is no field"));
      }
    }
    headers =
        new Headers(
            fields.stream()
                .map(field -> new HeaderField(field.name, HeaderWords.decode(field.value)))
                .toList());
  }

  private static String unfolded(String value) {
    return value.replace("\r\n", "").replace("\n", "").replace('\r', ' ').strip();
  }

  Headers headers() {
    return headers;
  }

  /** What is wrong with the header. */
  Set<Defect> defects() {
    return defects;
  }

  /** The value as it is written. */
  Optional<String> raw(String name) {
    return fields.stream().filter(f -> f.name.equalsIgnoreCase(name)).map(Field::value).findFirst();
  }

  /** The value as it is read. */
  String decoded(String name) {
    return headers.first(name).orElse("");
  }

  List<Address> addresses(String name) {
    List<Address> addresses = new ArrayList<>();
    raw(name).ifPresent(value -> MailAddress.parse(value).forEach(each -> add(each, addresses)));
    return addresses;
  }

  /** The beginnings and ends of groups are no addresses. */
  private static void add(MailAddress address, List<Address> all) {
    String local = address.local();
    String host = address.host();
    if (local == null || host == null || local.isEmpty()) {
      return;
    }
    String name = address.name() == null ? "" : HeaderWords.decode(address.name());
    boolean alone = host.equals("MISSING_DOMAIN");
    all.add(new Address(name, HeaderWords.decode(alone ? local : local + "@" + host)));
  }

  /** What stands in angle brackets, with them. */
  List<String> ids(String name) {
    List<String> ids = new ArrayList<>();
    String text = raw(name).orElse("");
    int open = text.indexOf('<');
    while (open >= 0) {
      int close = text.indexOf('>', open);
      if (close < 0) {
        break;
      }
      ids.add(text.substring(open, close + 1).replace(" ", ""));
      open = text.indexOf('<', close);
    }
    return ids.subList(Math.max(0, ids.size() - MOST_IDS), ids.size());
  }
}
