// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.Residence;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncScope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fresh account of one test, the store that belongs to it, and the mailboxes opened on it, which
 * are closed with it.
 */
final class Account implements AutoCloseable {
  /** When the first message arrives, unless it says otherwise; each later one comes a minute on. */
  static final Instant FIRST_ARRIVAL = Instant.parse("2026-11-02T10:00:00Z");

  /** A folder for tests to make. */
  static final FolderPath ARCHIVE = FolderPath.of("Archive");

  /** A keyword for tests to set. */
  static final Flag LATER = Flag.keyword("later");

  private static final AtomicLong USERS = new AtomicLong();

  private final ContractSubject subject;
  private final String user;
  private final DeadPort deadPort = new DeadPort();
  private final Deque<Mailbox> opened = new ConcurrentLinkedDeque<>();
  private int delivered;

  private Account(ContractSubject subject, String user) {
    this.subject = subject;
    this.user = user;
  }

  /** A new account, with an empty inbox, on the subject's server. */
  static Account of(ContractSubject subject) {
    long process = ProcessHandle.current().pid();
    String name = "u" + process + "n" + USERS.incrementAndGet();
    return new Account(subject, name);
  }

  String user() {
    return user;
  }

  /** Where {@link #config} keeps the store. */
  Path store() {
    return directory("store");
  }

  /** A path for this account's use, which does not exist yet. */
  Path directory(String name) {
    return subject.directory().resolve(user + "-" + name);
  }

  boolean livesOnServer() {
    return subject.server().residence() == Residence.SERVER;
  }

  /** On disk, with all bodies; the server keeps everything; changes are polled for often. */
  MailboxConfig.Builder config() {
    return inMemory()
        .keepIn(store())
        .scope(SyncScope.everything().bodies(BodyPolicy.all()))
        .removal(Removal.never());
  }

  /** The same with bodies downloaded when they are first read. */
  MailboxConfig.Builder onDemand() {
    return config().scope(SyncScope.everything().bodies(BodyPolicy.onDemand()));
  }

  /** The same in another store, as another device would have it. */
  MailboxConfig.Builder otherDevice() {
    return config().keepIn(directory("other"));
  }

  /** Without a store on disk. */
  MailboxConfig.Builder inMemory() {
    return subject
        .server()
        .config(user)
        .timeouts(Timeouts.all(Duration.ofSeconds(20)))
        .pollInterval(Duration.ofMillis(100));
  }

  /** The same account, while its server cannot be reached. */
  MailboxConfig.Builder unreachable() {
    return unreachable(config());
  }

  /** The same configuration, while the server cannot be reached. */
  MailboxConfig.Builder unreachable(MailboxConfig.Builder config) {
    // Through a proxy that is not there: the account keeps its host and port, and so its store.
    return config.proxy(deadPort.asProxy());
  }

  DeadPort deadPort() {
    return deadPort;
  }

  Mailbox open() {
    return open(config());
  }

  Mailbox open(MailboxConfig.Builder config) {
    Mailbox mailbox = subject.open(config.build());
    opened.push(mailbox);
    return mailbox;
  }

  /** The mailbox that was opened last. */
  Mailbox current() {
    return opened.element();
  }

  /** The store without a server. */
  Mailbox openOffline() {
    return open(MailboxConfig.offline(store()));
  }

  /** An open mailbox into which these messages have been synchronized. */
  Mailbox synced(Mail... messages) {
    deliver(messages);
    Mailbox mailbox = open();
    mailbox.sync();
    return mailbox;
  }

  /** The message as it is here after it was delivered to a mailbox that is kept open. */
  Message delivered(Mail message) {
    deliver(message);
    Mailbox mailbox = opened.isEmpty() ? open() : current();
    mailbox.sync();
    return mailbox.inbox().newest(1).get(0);
  }

  void deliver(Mail... messages) {
    for (Mail message : messages) {
      Instant next = FIRST_ARRIVAL.plus(Duration.ofMinutes(delivered++));
      Instant arrival = message.arrivedAt().orElse(next);
      subject.server().deliver(user, message.bytes(arrival), arrival);
    }
  }

  /** Delivers exactly these bytes, one for each character. */
  void deliverRaw(String message) {
    subject.server().deliver(user, message.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The messages that the server still has in the inbox, one character for each byte. */
  List<String> held() {
    return subject.server().held(user).stream().map(Reading::text).toList();
  }

  @Override
  public void close() {
    opened.forEach(Mailbox::close);
    deadPort.close();
  }
}
