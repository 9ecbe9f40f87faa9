// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import dev.mailbox.MailboxConfig;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.testkit.FakeMaildrop;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.Pop3Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server with one user, and what was ever delivered to it. */
final class Scene implements AutoCloseable {
  private final Stage stage;
  private final List<String> delivered = new ArrayList<>();
  private int number;

  Scene(Stage stage) {
    this.stage = stage;
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
    String unused = stage.user().inbox().deliver(raw);
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

  /** What only a server in memory can be told. */
  FakePop3 pop3() {
    return fake().pop3();
  }

  FakeMaildrop maildrop() {
    return fake().user().maildrop();
  }

  private FakeStage fake() {
    if (stage instanceof FakeStage fake) {
      return fake;
    }
    throw new IllegalStateException("this scene can only be played in memory");
  }

  int port() {
    return stage.port();
  }

  /** How a program of this scene's user gets there, maybe through another port. */
  MailboxConfig.Builder configAt(int port, Path store) {
    return config(port, store).login(stage.user().name(), stage.user().password());
  }

  /** How a program gets to a server in memory. */
  static MailboxConfig.Builder config(int port, Path store) {
    return MailboxConfig.at("pop3://localhost:" + port)
        .tls(TlsMode.NONE)
        .login("alice", "secret")
        .timeouts(Timeouts.all(Stage.PATIENCE))
        .keepIn(store);
  }

  /** Every message that was ever there. */
  List<String> delivered() {
    return Collections.unmodifiableList(delivered);
  }

  /** Waits until the sessions of programs that have ended are over. */
  void settle() {
    stage.settle();
  }

  /** What the server has, in the order of the numbers that a session would see. */
  List<String> maildropNow() {
    return maildrop().messages().stream()
        .map(message -> new String(message.raw(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  /** What the server has. */
  List<String> held() {
    return stage.user().inbox().messages().stream()
        .map(HeldMessage::raw)
        .map(raw -> new String(raw, StandardCharsets.ISO_8859_1))
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    stage.close();
  }
}
