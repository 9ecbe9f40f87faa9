// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.MailboxConfig;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakeMaildrop;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.Pop3Message;
import dev.mailbox.testkit.proxy.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A server in memory and a replica in memory, synchronized by what is tested. Watches at every DELE
 * that the message is durable in the replica, unless a test deletes on request.
 */
final class Maildrop implements AutoCloseable {
  static final Timeouts TIMEOUTS = Timeouts.all(Duration.ofSeconds(10));

  private final FakeMailServer server = CommonServer.start();
  private final FakeMaildrop inbox = CommonServer.alice(server).maildrop();
  private final MemoryReplica replica = new MemoryReplica();
  private final List<String> unsafe = new ArrayList<>();
  private UnaryOperator<MailboxConfig.Builder> options = config -> config;
  private String url = server.pop3Url();
  private boolean watchDeletions = true;

  FakePop3 pop3() {
    return server.pop3();
  }

  /** What the server holds. */
  FakeMaildrop inbox() {
    return inbox;
  }

  /** Lets the server know another password. */
  void password(String another) {
    FakeAccount unused = server.user("alice", another);
  }

  /** Lets the server know a token, and take it. */
  void token(String token) {
    FakeAccount unused = CommonServer.alice(server).token(token);
    pop3().mechanisms("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");
  }

  MemoryReplica replica() {
    return replica;
  }

  /** Changes the configuration of all that follows. */
  Maildrop with(UnaryOperator<MailboxConfig.Builder> change) {
    options = change;
    return this;
  }

  /** Goes through a proxy, which sees what is on the way. */
  Maildrop through(FaultProxy proxy) {
    url = proxy.url("pop3");
    return this;
  }

  /** Deletions on request concern messages that are not here any more. */
  Maildrop deletingOnRequest() {
    watchDeletions = false;
    return this;
  }

  Maildrop withTimeout(Duration timeout) {
    return with(config -> config.timeouts(Timeouts.all(timeout)));
  }

  static byte[] raw(String subject, String body) {
    String text =
        "Date: Mon, 05 Jan 2026 10:00:00 +0000\r\nSubject: " + subject + "\r\n\r\n" + body;
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(Pop3Message message) {
    return new String(message.raw(), StandardCharsets.ISO_8859_1);
  }

  Pop3Message deliver(String subject) {
    return inbox.deliver(raw(subject, "text of " + subject + "\r\n"));
  }

  /** Delivers so many different messages. */
  List<String> deliver(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      texts.add(text(deliver("message " + i)));
    }
    return texts;
  }

  /** The key of a message with a UIDL of its own. */
  static String key(Pop3Message message) {
    return "u" + message.listedSize() + " " + message.uidl();
  }

  /** Synchronizes with removal after download. */
  SyncReport sync() {
    return sync(new TestTask());
  }

  SyncReport sync(TestTask task) {
    watch();
    try (Pop3Remote remote = remote()) {
      remote.sync(task, replica);
    }
    if (!unsafe.isEmpty()) {
      throw new AssertionError("deleted and not durable: " + unsafe);
    }
    return task.report().build();
  }

  Pop3Remote remote() {
    return new Pop3Remote(config().build());
  }

  MailboxConfig.Builder config() {
    return options.apply(
        MailboxConfig.at(url).tls(TlsMode.NONE).login("alice", "secret").timeouts(TIMEOUTS));
  }

  /** Lets a sync fail and returns why. */
  <E extends Throwable> E failing(Class<E> type) {
    return failing(type, new TestTask());
  }

  <E extends Throwable> E failing(Class<E> type, TestTask task) {
    try {
      sync(task);
    } catch (Throwable e) {
      if (type.isInstance(e)) {
        return type.cast(e);
      }
      throw new AssertionError("another failure", e);
    }
    throw new AssertionError("the sync did not fail");
  }

  ConnectionException broken() {
    return failing(ConnectionException.class);
  }

  private void watch() {
    if (watchDeletions) {
      watchDeletions = false;
      pop3().on("DELE").run(this::requireDurable);
    }
  }

  private void requireDurable() {
    List<String> commands = pop3().commands();
    String last = commands.get(commands.size() - 1);
    int number = Integer.parseInt(last.substring("DELE ".length()));
    Pop3Message message = inbox.messages().get(number - 1);
    if (!replica.raws().contains(text(message))) {
      unsafe.add(last);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
