// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.internal.mime.SearchText;
import dev.mailbox.testkit.mail.MailSource;
import java.util.List;
import java.util.TreeSet;

/** What can be read from a message on a server. */
final class Held {
  private Held() {}

  static boolean has(HeldMessage message, String flag) {
    return message.flags().stream().anyMatch(flag::equalsIgnoreCase);
  }

  /** Decoded; empty where there is none. */
  static String subject(HeldMessage message) {
    List<String> values = values(message, "Subject");
    return values.isEmpty() ? "" : values.get(0);
  }

  /** The values of all fields with that name, decoded. */
  static List<String> values(HeldMessage message, String field) {
    return MailHeader.of(MailSource.of(message.raw())).values(field).stream()
        .map(SearchText::ofField)
        .toList();
  }

  /** For a failure. */
  static String told(HeldMessage message) {
    return message.id() + " \"" + subject(message) + "\" " + new TreeSet<>(message.flags());
  }
}
