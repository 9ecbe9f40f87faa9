// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.fail;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.search.Query;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the tests of the store have in common. */
final class StoreFixture {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private StoreFixture() {}

  static MailboxConfig.Builder config() {
    return MailboxConfig.at("pop3s://mail.example.org").login("alice", "secret");
  }

  static Mailbox open(Path directory, TestRemote remote) {
    return StoreMailbox.open(config().keepIn(directory).build(), remote);
  }

  /** A mailbox without a server, on a store that is made if it is missing. */
  static Mailbox offline(Path directory) {
    return StoreMailbox.open(MailboxConfig.offline(directory).build(), Optional.empty());
  }

  /** A small message. */
  static String mail(String subject) {
    return mail(subject, "Hello from " + subject + ".\r\n");
  }

  static String mail(String subject, String body) {
    return "From: Bob <bob@example.org>\r\nTo: alice@example.org\r\nSubject: "
        + subject
        + "\r\nDate: Sun, 1 Mar 2026 10:00:00 +0000\r\nMessage-ID: <"
        + Integer.toHexString(subject.hashCode())
        + "@example.org>\r\n\r\n"
        + body;
  }

  /** A message of exactly that many bytes. */
  static String mailOfSize(String subject, int bytes) {
    String start = mail(subject, "");
    StringBuilder text = new StringBuilder(start);
    while (text.length() < bytes) {
      text.append((char) ('a' + text.length() % 23));
      if (text.length() % 71 == 0) {
        text.append("\r\n");
      }
    }
    text.setLength(bytes);
    return text.toString();
  }

  static MessageId append(Folder folder, String text, Flag... flags) {
    return append(folder, text, NOON, flags);
  }

  static MessageId append(Folder folder, String text, Instant at, Flag... flags) {
    return folder.append(stream(text), at, Set.of(flags)).id();
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The raw bytes of a message, each as a character. */
  static String raw(Message message) {
    try (InputStream in = message.openRaw()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Message only(Folder folder) {
    List<Message> messages = folder.newest(10);
    if (messages.size() != 1) {
      fail("expected one message, found " + messages);
    }
    return messages.get(0);
  }

  static Message bySubject(Mailbox mailbox, String subject) {
    return mailbox.search(Query.subject(subject).localOnly()).stream().findFirst().orElseThrow();
  }

  static List<String> subjects(List<Message> messages) {
    return messages.stream().map(message -> message.envelope().subject()).toList();
  }

  /** The kinds of the changes after a position. */
  static List<String> kinds(Mailbox mailbox, FeedPosition after) {
    return mailbox.changes(after, 1000).stream().map(StoreFixture::kind).toList();
  }

  static String kind(Change change) {
    return change.getClass().getSimpleName();
  }

  /** Waits until it holds, for at most ten seconds. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("it did not come true within ten seconds");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
