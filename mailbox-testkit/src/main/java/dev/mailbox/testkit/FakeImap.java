// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.internal.fault.Rule;
import dev.mailbox.testkit.internal.imap.ImapEngine;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.ServerCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The IMAP side (RFC 3501) of a {@link FakeMailServer}: what it offers, what goes wrong, and what
 * clients said. Who its users are and what they have is said at {@link FakeMailServer#user}. It is
 * faithful about sequence numbers, about when it tells what, and about pipelining, and wrong
 * exactly where a test says so. Each command is kept as the server understood it, so that a test
 * can see that what a client was given never became another command. An extension that is not among
 * the capabilities is not known. Thread-safe; what is changed holds from the next command on.
 *
 * <pre>{@code
 * try (var server = FakeMailServer.start()) {
 *   server.user("alice", "secret").inbox().deliver(mail("hello"));
 *   server.imap().without("MOVE").on("UID FETCH").once().closeAfter(100);
 *   engine.sync(server.imapUrl() + "?tls=none");
 *   assertThat(server.imap().count("EXPUNGE")).isZero();
 *   server.verify();
 * }
 * }</pre>
 *
 * <p>What a mailbox sends, for overrides to name: a sync enters a folder by {@code EXAMINE} and
 * lists, reads and downloads by {@code UID FETCH}; a removal after download is {@code SELECT},
 * {@code UID STORE} and {@code UID EXPUNGE}; {@code mark} is {@code UID STORE}, {@code moveTo} is
 * {@code UID MOVE}, or without MOVE {@code UID COPY} and a deletion; {@code copyTo} is {@code UID
 * COPY}; {@code delete} is {@code UID STORE} and {@code UID EXPUNGE}; {@code append} is {@code
 * APPEND}; a search is {@code UID SEARCH}; a watch is {@code IDLE} and {@code DONE}.
 */
public final class FakeImap extends FakeSide<FakeImap> {
  private final Accounts accounts;
  private final ImapEngine engine;

  FakeImap(Accounts accounts, ScriptedServer server, ServerCertificate certificate) {
    this(accounts, server, new ImapEngine(accounts, server), certificate);
  }

  private FakeImap(
      Accounts accounts, ScriptedServer server, ImapEngine engine, ServerCertificate certificate) {
    super(server, engine, certificate);
    this.accounts = accounts;
    this.engine = engine;
  }

  /**
   * Greets with PREAUTH: sessions are those of this user from the start, and need no login, nor TLS
   * where logins do. That holds for all sessions from now on.
   *
   * @throws IllegalArgumentException if it is a user of another server
   */
  public FakeImap preauth(FakeAccount user) {
    if (accounts.find(user.name()).filter(user.stored()::equals).isEmpty()) {
      throw new IllegalArgumentException(user.name() + " is a user of another server");
    }
    engine.preauth(user.stored());
    return this;
  }

  /**
   * Lists exactly these capabilities beside AUTH= and STARTTLS, which follow from what is offered,
   * and knows no extension that is not listed. Known is what {@link Profile#COMPLETE} offers, with
   * LITERAL- and with LOGINDISABLED, which forbids LOGIN.
   */
  public FakeImap capabilities(String... names) {
    engine.capabilities(List.of(names));
    return this;
  }

  /**
   * Offers none of these from now on, whatever their case: {@code MOVE}, {@code STARTTLS}, {@code
   * AUTH=PLAIN}. {@code THREAD} stands for all that begin with {@code THREAD=}, {@code AUTH} for
   * all mechanisms. What is gone already may be named again.
   *
   * @throws IllegalArgumentException if such a thing is not offered
   */
  public FakeImap without(String... names) {
    engine.without(List.of(names));
    return this;
  }

  /** The prefix of personal folders that NAMESPACE tells, such as {@code INBOX.}. */
  public FakeImap namespace(String prefix) {
    accounts.namespace(prefix);
    return this;
  }

  /** The largest message that APPEND takes, in bytes (RFC 7889). */
  public FakeImap appendLimit(long bytes) {
    engine.appendLimit(bytes);
    return this;
  }

  /** How many sessions may be logged in at a time; more are refused with [LIMIT]. */
  public FakeImap mostSessions(int count) {
    engine.mostSessions(count);
    return this;
  }

  /**
   * Begins an override of all commands with that name, such as {@code UID FETCH}. {@code CONNECT}
   * stands for the greeting, {@code TLS} for a handshake, at once or after STARTTLS, {@code DONE}
   * for the end of IDLE, whose tagged reply comes then, {@code DEFLATE} for the first bytes of a
   * compressed stream.
   */
  public ImapOverride on(String command) {
    return new ImapOverride(this, List.of(command));
  }

  /** Begins an override of the commands that the fault is for. */
  public ImapOverride on(NamedFault fault) {
    return new ImapOverride(this, fault);
  }

  /**
   * Gives up on what clients asked for by NOTIFY, in all sessions that are open now, as a server
   * may to which too much happens: it says so by [NOTIFICATIONOVERFLOW] (RFC 5465, section 5.8),
   * and tells nothing more unasked until the next NOTIFY. It does not wait for the sessions.
   */
  public void overflowNotifications() {
    engine.overflowNotifications();
  }

  /** All commands of all connections so far, those that could not be understood too. */
  public List<ImapCommand> commands() {
    return engine.commands();
  }

  /** The commands with that name so far. */
  public List<ImapCommand> commands(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return commands().stream().filter(c -> c.name().equals(wanted)).toList();
  }

  @Override
  public int count(String command) {
    return commands(command).size();
  }

  /** All lines so far as they were sent, without literals; also what followed a continuation. */
  public List<String> lines() {
    return server().received();
  }

  /** Waits until so many sessions idle, or throws an {@link AssertionError}. */
  public void awaitIdle(int count, Duration timeout) {
    await(count + " idle sessions", () -> engine.idlers() >= count, timeout);
  }

  FakeImap add(Rule<ImapCommand> rule) {
    engine.rules().add(rule);
    return this;
  }

  ImapEngine engine() {
    return engine;
  }

  @Override
  FakeImap self() {
    return this;
  }

  @Override
  List<NamedFault> faults(long seed) {
    return Faults.imap(seed);
  }

  @Override
  void perhaps(List<String> commands, double probability, List<NamedFault> faults, long seed) {
    new ImapOverride(this, commands).sometimes(probability, seed).meetPerhaps(faults, seed);
  }
}
