// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import dev.mailbox.MailboxConfig;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakeMaildrop;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.Pop3Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server with one user, and what was ever delivered to it. */
final class Scene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeMailServer server = FakeMailServer.start();
  private final FakeAccount alice = server.user("alice", "secret");
  private final List<String> delivered = new ArrayList<>();
  private int number;

  Scene() {
    server.clock().stop(Instant.parse("2026-03-01T12:00:00Z"));
  }

  /** Delivers a message of about that size. */
  Scene deliver(String subject, int size) {
    StringBuilder text =
        new StringBuilder("Date: Mon, 05 Jan 2026 10:00:00 +0000\r\nSubject: ")
            .append(subject)
            .append(' ')
            .append(++number)
            .append("\r\n\r\n");
    for (int line = 1; text.length() < size; line++) {
      text.append("line ").append(line).append(" of message ").append(number).append("\r\n");
    }
    return deliver(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  Scene deliver(byte[] raw) {
    alice.inbox().deliver(raw);
    delivered.add(new String(raw, StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Delivers it under a UIDL that another message has had. */
  Scene deliverAs(String uidl, String raw) {
    Pop3Message unused =
        maildrop().deliver(Pop3Message.of(raw.getBytes(StandardCharsets.ISO_8859_1)).uidl(uidl));
    delivered.add(raw);
    return this;
  }

  Scene deliver(int count) {
    for (int i = 0; i < count; i++) {
      deliver("message", 300);
    }
    return this;
  }

  FakePop3 pop3() {
    return server.pop3();
  }

  FakeMaildrop maildrop() {
    return alice.maildrop();
  }

  int port() {
    return server.pop3().port();
  }

  /** How a program gets there. */
  static MailboxConfig.Builder config(int port, Path store) {
    return MailboxConfig.at("pop3://localhost:" + port)
        .tls(TlsMode.NONE)
        .login("alice", "secret")
        .timeouts(Timeouts.all(PATIENCE))
        .keepIn(store);
  }

  /** Every message that was ever there. */
  List<String> delivered() {
    return Collections.unmodifiableList(delivered);
  }

  /** Waits until the sessions of programs that have ended are over. */
  void settle() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.openConnections() > 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError("a session does not end:\n" + server.transcript());
      }
      LockSupport.parkNanos(100_000);
    }
  }

  /** What the server has, in the order of the numbers that a session would see. */
  List<String> maildropNow() {
    return maildrop().messages().stream()
        .map(message -> new String(message.raw(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  /** What the server has. */
  List<String> held() {
    return alice.inbox().messages().stream()
        .map(HeldMessage::raw)
        .map(raw -> new String(raw, StandardCharsets.ISO_8859_1))
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
