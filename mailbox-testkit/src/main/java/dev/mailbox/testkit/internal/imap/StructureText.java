// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.mime.FieldValue;
import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.internal.mime.MimePart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** BODYSTRUCTURE, and BODY, which is the same without extension data (RFC 3501, section 7.4.2). */
final class StructureText {
  private final boolean extended;
  private final ImapReply reply;

  private StructureText(boolean extended, ImapReply reply) {
    this.extended = extended;
    this.reply = reply;
  }

  static void write(MimePart mail, boolean extended, ImapReply reply) {
    new StructureText(extended, reply).part(mail);
  }

  private void part(MimePart part) {
    reply.text("(");
    if (part.type().value().startsWith("multipart/")) {
      multipart(part);
    } else {
      single(part);
    }
    reply.text(")");
  }

  private void multipart(MimePart part) {
    if (part.parts().isEmpty()) {
      reply.text("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 0 0");
      reply.text(extended ? " NIL NIL NIL NIL)" : ")");
    }
    part.parts().forEach(this::part);
    reply.text(" ").string(subtype(part));
    if (extended) {
      parameters(part.type().parameters());
      rest(part.header());
    }
  }

  private void single(MimePart part) {
    String type = part.type().value();
    MailHeader header = part.header();
    reply.string(type.substring(0, type.indexOf('/'))).text(" ").string(subtype(part));
    Map<String, String> parameters = new LinkedHashMap<>(part.type().parameters());
    if (type.startsWith("text/")) {
      parameters.putIfAbsent("charset", "us-ascii");
    }
    parameters(parameters);
    reply.text(" ").nstring(first(header, "Content-ID"));
    reply.text(" ").nstring(first(header, "Content-Description"));
    String encoding = first(header, "Content-Transfer-Encoding");
    reply.text(" ").string(encoding == null ? "7bit" : FieldValue.parse(encoding).value());
    reply.text(" " + part.bodySize());
    part.message().ifPresent(this::message);
    if (part.message().isPresent() || type.startsWith("text/")) {
      reply.text(" " + part.bodyLines());
    }
    if (extended) {
      reply.text(" ").nstring(first(header, "Content-MD5"));
      rest(header);
    }
  }

  private void message(MimePart inner) {
    reply.text(" ");
    EnvelopeText.write(inner.header(), reply);
    reply.text(" ");
    part(inner);
  }

  private void rest(MailHeader header) {
    String disposition = first(header, "Content-Disposition");
    if (disposition == null) {
      reply.text(" NIL");
    } else {
      FieldValue value = FieldValue.parse(disposition);
      reply.text(" (").string(value.value());
      parameters(value.parameters());
      reply.text(")");
    }
    languages(first(header, "Content-Language"));
    reply.text(" ").nstring(first(header, "Content-Location"));
  }

  private void languages(@Nullable String field) {
    if (field == null || field.isBlank()) {
      reply.text(" NIL");
      return;
    }
    reply.text(" (");
    String[] tags = field.strip().split("\\s*,\\s*", -1);
    for (int i = 0; i < tags.length; i++) {
      reply.text(i == 0 ? "" : " ").string(tags[i]);
    }
    reply.text(")");
  }

  private void parameters(Map<String, String> parameters) {
    if (parameters.isEmpty()) {
      reply.text(" NIL");
      return;
    }
    reply.text(" (");
    String space = "";
    for (var each : parameters.entrySet()) {
      reply.text(space).string(each.getKey()).text(" ").string(each.getValue());
      space = " ";
    }
    reply.text(")");
  }

  private static String subtype(MimePart part) {
    String type = part.type().value();
    return type.substring(type.indexOf('/') + 1);
  }

  private static @Nullable String first(MailHeader header, String field) {
    List<String> values = header.values(field);
    return values.isEmpty() ? null : values.get(0);
  }
}
