// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import dev.mailbox.content.Address;
import dev.mailbox.content.HeaderField;
import dev.mailbox.content.Headers;
import dev.mailbox.testkit.internal.mime.MailAddress;
import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.internal.mime.SearchText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a header, as they are and decoded. Immutable. */
final class Fields {
  private final List<Field> fields = new ArrayList<>();
  private final Headers headers;
  private boolean broken;

  /** A field whose value is unfolded, one char for each byte. */
  private record Field(String name, String value) {}

  Fields(MailHeader header) {
    for (String text : header.fields()) {
      int colon = text.indexOf(':');
      String name = colon < 0 ? "" : text.substring(0, colon).strip();
      if (name.isEmpty() || name.indexOf(' ') >= 0) {
        broken = true;
      } else {
        String value = text.substring(colon + 1).replaceAll("\r?\n(?=[ \t])", "");
        fields.add(new Field(name, value.strip()));
      }
    }
    headers =
        new Headers(
            fields.stream()
                .map(field -> new HeaderField(field.name, SearchText.ofField(field.value)))
                .toList());
  }

  Headers headers() {
    return headers;
  }

  /** Whether there are lines that are no fields. */
  boolean isBroken() {
    return broken;
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
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        MailAddress.parse(field.value).forEach(address -> add(address, addresses));
      }
    }
    return addresses;
  }

  /** The beginnings and ends of groups are no addresses. */
  private static void add(MailAddress address, List<Address> all) {
    String local = address.local();
    String host = address.host();
    if (local == null || host == null || local.isEmpty()) {
      return;
    }
    String name = address.name() == null ? "" : SearchText.ofField(address.name());
    boolean alone = host.equals("MISSING_DOMAIN");
    all.add(new Address(name, SearchText.ofField(alone ? local : local + "@" + host)));
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
      ids.add(text.substring(open, close + 1));
      open = text.indexOf('<', close);
    }
    return ids;
  }
}
