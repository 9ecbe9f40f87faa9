// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.content.Address;
import dev.mailbox.content.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An envelope as one text: fields end with RS, items of a list with US, an address's name with GS.
 * These control characters are replaced where they occur in the values.
 */
final class EnvelopeText {
  private static final char FIELD = '\u001e';
  private static final char ITEM = '\u001f';
  private static final char NAME = '\u001d';
  private static final int FIELDS = 10;

  private EnvelopeText() {}

  static String of(Envelope envelope) {
    StringBuilder text = new StringBuilder(200);
    field(text, envelope.subject());
    addresses(text, envelope.from());
    addresses(text, envelope.sender());
    addresses(text, envelope.replyTo());
    addresses(text, envelope.to());
    addresses(text, envelope.cc());
    addresses(text, envelope.bcc());
    field(text, envelope.messageId());
    list(text, envelope.inReplyTo());
    list(text, envelope.references());
    return text.toString();
  }

  private static void field(StringBuilder text, String value) {
    append(text, value);
    text.append(FIELD);
  }

  private static void addresses(StringBuilder text, List<Address> addresses) {
    for (Address address : addresses) {
      append(text, address.name());
      text.append(NAME);
      append(text, address.address());
      text.append(ITEM);
    }
    text.append(FIELD);
  }

  private static void list(StringBuilder text, List<String> items) {
    for (String item : items) {
      append(text, item);
      text.append(ITEM);
    }
    text.append(FIELD);
  }

  private static void append(StringBuilder text, String value) {
    int start = text.length();
    text.append(value);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c >= NAME && c <= ITEM) || c == 0) {
        text.setCharAt(start + i, ' ');
      }
    }
  }

  static Envelope parse(String text, Optional<Instant> sentAt) {
    List<String> fields = split(text, FIELD);
    if (fields.size() != FIELDS) {
      throw new IllegalStateException("an envelope in the store has " + fields.size() + " fields");
    }
    return new Envelope(
        fields.get(0),
        addresses(fields.get(1)),
        addresses(fields.get(2)),
        addresses(fields.get(3)),
        addresses(fields.get(4)),
        addresses(fields.get(5)),
        addresses(fields.get(6)),
        sentAt,
        fields.get(7),
        split(fields.get(8), ITEM),
        split(fields.get(9), ITEM));
  }

  private static List<Address> addresses(String field) {
    List<Address> addresses = new ArrayList<>();
    for (String item : split(field, ITEM)) {
      int name = item.indexOf(NAME);
      addresses.add(new Address(item.substring(0, name), item.substring(name + 1)));
    }
    return addresses;
  }

  private static List<String> split(String text, char end) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int to = text.indexOf(end); to >= 0; to = text.indexOf(end, from)) {
      parts.add(text.substring(from, to));
      from = to + 1;
    }
    return parts;
  }
}
