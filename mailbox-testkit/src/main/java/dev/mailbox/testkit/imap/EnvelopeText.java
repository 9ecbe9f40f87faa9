// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import dev.mailbox.testkit.mail.MailSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ENVELOPE (RFC 3501, section 7.4.2) of a header with plain addresses, without groups. */
final class EnvelopeText {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(?<name>.*?)\\s*<)?(?<local>[^<>@]*)(?:@(?<host>[^<>@]*))?>?");

  private final MailHeader header;

  private EnvelopeText(MailHeader header) {
    this.header = header;
  }

  static EnvelopeText of(MailSource source) {
    return new EnvelopeText(MailHeader.of(source));
  }

  void writeTo(ImapReply reply) {
    reply.text("(");
    string(header.first("Date"), reply);
    string(header.first("Subject"), reply.text(" "));
    for (String field : List.of("From", "Sender", "Reply-To", "To", "Cc", "Bcc")) {
      boolean from = field.equals("Sender") || field.equals("Reply-To");
      String value = header.first(field);
      addresses(from && value.isEmpty() ? header.first("From") : value, reply.text(" "));
    }
    string(header.first("In-Reply-To"), reply.text(" "));
    string(header.first("Message-ID"), reply.text(" "));
    reply.text(")");
  }

  private static void addresses(String value, ImapReply reply) {
    List<String> all = split(value);
    if (all.isEmpty()) {
      reply.text("NIL");
      return;
    }
    reply.text("(");
    for (String each : all) {
      Matcher parts = ADDRESS.matcher(each);
      boolean known = parts.matches();
      String name = known ? parts.group("name") : null;
      String host = known ? parts.group("host") : null;
      string(name == null ? "" : name.replaceAll("^\"|\"$", ""), reply.text("("));
      string(known ? parts.group("local") : each, reply.text(" NIL "));
      string(host == null ? "" : host, reply.text(" "));
      reply.text(")");
    }
    reply.text(")");
  }

  /** At commas that are not quoted. */
  private static List<String> split(String value) {
    List<String> parts = new ArrayList<>();
    for (String part : value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  private static void string(String text, ImapReply reply) {
    if (text.isEmpty()) {
      reply.text("NIL");
    } else {
      reply.string(text);
    }
  }
}
