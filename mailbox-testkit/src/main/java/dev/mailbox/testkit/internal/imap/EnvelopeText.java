// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.mime.MailAddress;
import dev.mailbox.testkit.internal.mime.MailHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ENVELOPE (RFC 3501, section 7.4.2): what the header says, not decoded. */
final class EnvelopeText {
  private EnvelopeText() {}

  static void write(MailHeader header, ImapReply reply) {
    reply.text("(").nstring(present(header, "Date"));
    reply.text(" ").nstring(present(header, "Subject"));
    List<MailAddress> from = addresses(header, "From");
    for (String field : List.of("From", "Sender", "Reply-To", "To", "Cc", "Bcc")) {
      List<MailAddress> own = addresses(header, field);
      boolean copied = own.isEmpty() && (field.equals("Sender") || field.equals("Reply-To"));
      list(copied ? from : own, reply.text(" "));
    }
    reply.text(" ").nstring(present(header, "In-Reply-To"));
    reply.text(" ").nstring(present(header, "Message-ID")).text(")");
  }

  private static @Nullable String present(MailHeader header, String field) {
    List<String> values = header.values(field);
    return values.isEmpty() ? null : values.get(0);
  }

  private static List<MailAddress> addresses(MailHeader header, String field) {
    return MailAddress.parse(String.join(", ", header.values(field)));
  }

  private static void list(List<MailAddress> addresses, ImapReply reply) {
    if (addresses.isEmpty()) {
      reply.text("NIL");
      return;
    }
    reply.text("(");
    for (MailAddress each : addresses) {
      reply.text("(").nstring(each.name()).text(" ").nstring(each.route());
      reply.text(" ").nstring(each.local()).text(" ").nstring(each.host()).text(")");
    }
    reply.text(")");
  }
}
