// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/** Messages as tests compare them: subjects, and bytes as text of one character each. */
final class Reading {
  private Reading() {}

  static List<String> subjects(Iterable<Message> messages) {
    return StreamSupport.stream(messages.spliterator(), false)
        .map(message -> message.envelope().subject())
        .toList();
  }

  /** The message of that subject, read now. */
  static Message bySubject(Mailbox mailbox, String subject) {
    return mailbox.inbox().newest(1000).stream()
        .filter(message -> message.envelope().subject().equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no message with the subject " + subject));
  }

  static Message now(Mailbox mailbox, Message message) {
    return mailbox.find(message.id()).orElseThrow(() -> new AssertionError("message is gone"));
  }

  static Message onlyOne(Mailbox mailbox) {
    List<Message> messages = mailbox.inbox().newest(2);
    if (messages.size() != 1) {
      throw new AssertionError("one message expected, but there are " + messages.size());
    }
    return messages.get(0);
  }

  static String raw(Message message) {
    try (InputStream in = message.openRaw()) {
      return text(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What each of the newest messages of the inbox holds, oldest first. */
  static List<String> raws(Mailbox mailbox) {
    return mailbox.inbox().newest(1000).stream()
        .sorted((a, b) -> a.receivedAt().compareTo(b.receivedAt()))
        .map(Reading::raw)
        .toList();
  }

  static String written(MimeMessage message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
    return text(out.toByteArray());
  }

  static String text(InputStream in) {
    try (in) {
      return text(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
