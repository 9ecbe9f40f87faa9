// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message in the making; gives bytes with CRLF line ends. */
final class Mail {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String subject;
  private final List<String> more = new ArrayList<>();
  private String from = "Ann Example <ann@example.org>";
  private String to = "Bob Example <bob@example.org>";
  private String type = "text/plain; charset=utf-8";
  private String body = "Hello.\n";
  private @Nullable Instant arrivedAt;
  private @Nullable Instant sentAt;

  private Mail(String subject) {
    this.subject = subject;
  }

  /** A message with that subject, as it is to be written in the header. */
  static Mail of(String subject) {
    return new Mail(subject);
  }

  /** So many messages, with the subjects {@code message 1}, {@code message 2} and so on. */
  static Mail[] several(int count) {
    Mail[] messages = new Mail[count];
    for (int i = 0; i < count; i++) {
      messages[i] = of("message " + (i + 1)).body("This is message number " + (i + 1) + ".\n");
    }
    return messages;
  }

  Mail from(String value) {
    from = value;
    return this;
  }

  Mail to(String value) {
    to = value;
    return this;
  }

  /** Adds a whole field, {@code Name: value}. */
  Mail field(String line) {
    more.add(line);
    return this;
  }

  Mail type(String value) {
    type = value;
    return this;
  }

  Mail body(String value) {
    body = value;
    return this;
  }

  Mail arrived(String instant) {
    arrivedAt = Instant.parse(instant);
    return this;
  }

  Mail sent(String instant) {
    sentAt = Instant.parse(instant);
    return this;
  }

  Optional<Instant> arrivedAt() {
    return Optional.ofNullable(arrivedAt);
  }

  byte[] bytes(Instant arrival) {
    Instant sent = sentAt == null ? arrival.minusSeconds(60) : sentAt;
    List<String> lines = new ArrayList<>();
    lines.add("Received: from relay.example.org by mx.example.org; " + DATE.format(arrival));
    lines.add("Date: " + DATE.format(sent));
    lines.add("From: " + from);
    lines.add("To: " + to);
    lines.add("Message-ID: <" + Integer.toHexString(subject.hashCode()) + "@mail.example.org>");
    lines.add("Subject: " + subject);
    lines.addAll(more);
    lines.add("MIME-Version: 1.0");
    lines.add("Content-Type: " + type);
    String text = String.join("\n", lines) + "\n\n" + body;
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
