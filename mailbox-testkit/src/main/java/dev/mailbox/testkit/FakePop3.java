// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.internal.fault.Rule;
import dev.mailbox.testkit.internal.pop3.Pop3Engine;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.ServerCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The POP3 side (RFC 1939, 2449, 2595, 5034) of a {@link FakeMailServer}: what it offers, what goes
 * wrong, and what clients said. Who its users are is said at {@link FakeMailServer#user}, what they
 * have at {@link FakeAccount#maildrop}. It is faithful about sessions, deletions and pipelining,
 * and wrong exactly where a test says so. Messages that were marked with DELE go when QUIT is
 * obeyed and at no other time; a session sees the maildrop as it was at login; a second session
 * waits two seconds for the first, then is told {@code [IN-USE]}, unless the {@link Profile} is
 * CYRUS or COURIER, where several have the maildrop. What the server holds outlives connections.
 * Thread-safe; what is changed holds from the next command on.
 *
 * <pre>{@code
 * try (var server = FakeMailServer.start()) {
 *   server.user("alice", "secret").maildrop().deliver(mail("hello"));
 *   server.pop3().on("RETR").once().closeAfter(100);
 *   engine.sync(server.pop3Url() + "?tls=none");
 *   assertThat(server.pop3().count("QUIT")).isZero();
 * }
 * }</pre>
 */
public final class FakePop3 extends FakeSide<FakePop3> {
  private final Pop3Engine engine;

  FakePop3(Accounts accounts, ScriptedServer server, ServerCertificate certificate) {
    this(server, new Pop3Engine(accounts, server), certificate);
  }

  private FakePop3(ScriptedServer server, Pop3Engine engine, ServerCertificate certificate) {
    super(server, engine, certificate);
    this.engine = engine;
  }

  /**
   * Greets with a time stamp, and lets clients in by APOP, also where {@link #without} took it
   * away.
   */
  public FakePop3 apop() {
    engine.apop(true);
    return this;
  }

  /** How long a user must wait from one login to the next, and says so in CAPA (RFC 2449). */
  public FakePop3 loginDelay(Duration delay) {
    engine.loginDelay(delay);
    return this;
  }

  /**
   * Lists exactly these capabilities beside SASL and STLS, which follow from what is offered, and
   * knows the commands they name, also where {@link #without} took them away. Where RESP-CODES is
   * not listed, refusals have no codes such as {@code [AUTH]} (RFC 2449, section 6.4).
   */
  public FakePop3 capabilities(String... lines) {
    engine.capabilities(List.of(lines));
    return this;
  }

  /**
   * Neither lists these nor knows them from now on, whatever their case: commands such as {@code
   * UIDL}, {@code TOP}, {@code CAPA}, {@code STLS} or {@code APOP}, lines of CAPA by their first
   * word such as {@code LOGIN-DELAY}, mechanisms such as {@code AUTH=PLAIN}; {@code SASL} stands
   * for all mechanisms, {@code AUTH} for them and the command. What is gone already may be named
   * again.
   *
   * @throws IllegalArgumentException if such a thing is not offered
   */
  public FakePop3 without(String... commands) {
    engine.without(List.of(commands));
    return this;
  }

  /**
   * Deletes what was retrieved as a whole when a session ends by QUIT, and says so in CAPA ({@code
   * EXPIRE 0}, RFC 2449 section 6.7). What only {@link #capabilities} or a {@link Profile} says
   * deletes nothing, as with Gmail.
   */
  public FakePop3 deleteRetrieved() {
    engine.deleteRetrieved();
    return this;
  }

  /**
   * How long a login waits for the session that has the maildrop to end, before it is refused with
   * {@code [IN-USE]}; 2 seconds unless said. Where the {@link Profile} has no lock, CYRUS and
   * COURIER, no login waits.
   */
  public FakePop3 lockPatience(Duration patience) {
    engine.lockPatience(patience);
    return this;
  }

  /**
   * Begins an override. {@code "RETR"} means every RETR, {@code "RETR 2"} only that of message 2;
   * {@code "CONNECT"} stands for the greeting. Case does not matter.
   */
  public Pop3Override on(String command) {
    return new Pop3Override(this, List.of(command));
  }

  /** Begins an override of the commands that the fault is for. */
  public Pop3Override on(NamedFault fault) {
    return new Pop3Override(this, fault);
  }

  /** All commands of all connections so far, as they were sent, continuation lines of AUTH too. */
  public List<String> commands() {
    return server().received();
  }

  /** The commands of one connection; the first is 1. */
  public List<String> commands(int connection) {
    return server().received(connection);
  }

  @Override
  public int count(String command) {
    String wanted = command.toUpperCase(Locale.ROOT);
    return (int)
        commands().stream()
            .map(c -> c.toUpperCase(Locale.ROOT))
            .filter(c -> c.equals(wanted) || c.startsWith(wanted + " "))
            .count();
  }

  FakePop3 add(Rule<String> rule) {
    engine.rules().add(rule);
    return this;
  }

  Pop3Engine engine() {
    return engine;
  }

  @Override
  FakePop3 self() {
    return this;
  }

  @Override
  List<NamedFault> faults(long seed) {
    return Faults.pop3(seed);
  }

  @Override
  void perhaps(List<String> commands, double probability, List<NamedFault> faults, long seed) {
    new Pop3Override(this, commands).sometimes(probability, seed).meetPerhaps(faults, seed);
  }
}
