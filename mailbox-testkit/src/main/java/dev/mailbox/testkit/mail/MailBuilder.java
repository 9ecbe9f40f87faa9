// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Writes a realistic mail as raw bytes with CRLF line ends. Equal calls give equal bytes, except
 * for the message id, which is unique in the JVM unless {@link #messageId} names one. Header values
 * that are not ASCII become encoded words (RFC 2047, UTF-8); bodies that are not ASCII are UTF-8 in
 * base64. Not thread-safe.
 */
public final class MailBuilder {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

  private final List<String> headers = new ArrayList<>();
  private final List<MailPart> attachments = new ArrayList<>();
  private final String subject;
  private String from = "Alice <alice@example.org>";
  private String to = "bob@example.org";
  private String messageId = "<" + MailFixtures.nextNumber() + ".mail@testkit.example.org>";
  private ZonedDateTime date = ZonedDateTime.of(2026, 1, 5, 10, 0, 0, 0, ZoneOffset.UTC);
  private @Nullable String text;
  private @Nullable String html;

  MailBuilder(String subject) {
    this.subject = subject;
  }

  /** An address, with a display name or without. Default: Alice at example.org. */
  public MailBuilder from(String address) {
    from = address;
    return this;
  }

  /** One address or several with commas. Default: bob at example.org. */
  public MailBuilder to(String addresses) {
    to = addresses;
    return this;
  }

  /** Default: 5 January 2026, 10:00 UTC. */
  public MailBuilder date(ZonedDateTime when) {
    date = when;
    return this;
  }

  /** With its angle brackets. */
  public MailBuilder messageId(String id) {
    messageId = id;
    return this;
  }

  /** One more header field. */
  public MailBuilder header(String name, String value) {
    headers.add(name + ": " + EncodedWords.utf8(value));
    return this;
  }

  /** The plain text; line feeds become CRLF. Default: one short line when there is no HTML. */
  public MailBuilder text(String body) {
    text = body;
    return this;
  }

  /** The HTML; together with a text it becomes multipart/alternative. */
  public MailBuilder html(String body) {
    html = body;
    return this;
  }

  /** An attachment with this content, in base64. */
  public MailBuilder attachment(String name, byte[] content) {
    attachments.add(MailPart.attachment(name, BASE64.encodeToString(content)));
    return this;
  }

  /** An attachment of so many bytes that do not compress, the same for the same size. */
  public MailBuilder attachment(String name, int sizeInBytes) {
    var content = new byte[sizeInBytes];
    new Random(sizeInBytes).nextBytes(content);
    return attachment(name, content);
  }

  /** Another mail as an attachment (message/rfc822). */
  public MailBuilder forwarded(byte[] raw) {
    attachments.add(MailPart.message(raw));
    return this;
  }

  /** The mail as it travels, with CRLF behind its last line. */
  public byte[] build() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(ascii("From: " + EncodedWords.address(from) + "\r\n"));
    out.writeBytes(ascii("To: " + EncodedWords.address(to) + "\r\n"));
    out.writeBytes(ascii("Subject: " + EncodedWords.utf8(subject) + "\r\n"));
    out.writeBytes(ascii("Date: " + DATE.format(date) + "\r\n"));
    out.writeBytes(ascii("Message-ID: " + messageId + "\r\n"));
    headers.forEach(header -> out.writeBytes(ascii(header + "\r\n")));
    out.writeBytes(ascii("MIME-Version: 1.0\r\n"));
    body().writeTo(out);
    return out.toByteArray();
  }

  private MailPart body() {
    if (attachments.isEmpty()) {
      return content();
    }
    var parts = new ArrayList<MailPart>();
    parts.add(content());
    parts.addAll(attachments);
    return MailPart.multipart("mixed", parts);
  }

  private MailPart content() {
    if (html == null) {
      return textPart("plain", text == null ? "Hello.\n" : text);
    }
    MailPart page = textPart("html", html);
    return text == null
        ? page
        : MailPart.multipart("alternative", List.of(textPart("plain", text), page));
  }

  private static MailPart textPart(String subtype, String body) {
    String lines = body.replace("\r\n", "\n").replace("\n", "\r\n");
    String whole = lines.endsWith("\r\n") ? lines : lines + "\r\n";
    boolean plain = whole.chars().allMatch(c -> c < 128);
    return MailPart.text(
        subtype,
        plain ? "7bit" : "base64",
        plain ? whole : BASE64.encodeToString(whole.getBytes(StandardCharsets.UTF_8)) + "\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
