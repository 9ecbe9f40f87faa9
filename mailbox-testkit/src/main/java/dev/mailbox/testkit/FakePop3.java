// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.internal.fault.Rule;
import dev.mailbox.testkit.internal.pop3.Pop3Engine;
import dev.mailbox.testkit.internal.sasl.Mechanisms;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.mail.MailBuilder;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.ServerCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A POP3 server (RFC 1939, 2449, 2595, 5034) in memory: the POP3 side of a {@link FakeMailServer},
 * or one of its own with the one account {@code alice}. It is faithful about sessions, deletions
 * and pipelining, and wrong exactly where a test says so. Messages that were marked with DELE go
 * when QUIT is obeyed and at no other time; a session sees the maildrop as it was at login; a
 * second session waits two seconds for the first, then is told {@code [IN-USE]}. What the server
 * holds outlives connections. It speaks on a free loopback port. Thread-safe; what is changed holds
 * from the next command on. Messages, login and token are those of {@code alice}; in a {@link
 * FakeMailServer} take them from {@link FakeMailServer#user} instead.
 *
 * <pre>{@code
 * try (var server = FakePop3.start()) {
 *   server.deliver(mail("hello"));
 *   server.on("RETR").once().closeAfter(100);
 *   engine.sync(server.url());
 *   assertThat(server.count("QUIT")).isZero();
 * }
 * }</pre>
 */
public final class FakePop3 implements AutoCloseable {
  private final Accounts accounts;
  private final ScriptedServer server;
  private final Pop3Engine engine;
  private final String scheme;
  private volatile String user = "alice";

  private FakePop3(ScriptedServer server, String scheme) {
    this(new Accounts(Clock.systemUTC()), server, scheme);
    account().secrets().password("secret");
  }

  /** A side of a whole server. */
  static FakePop3 of(Accounts accounts, ScriptedServer server) {
    return new FakePop3(accounts, server, "pop3");
  }

  private FakePop3(Accounts accounts, ScriptedServer server, String scheme) {
    this.accounts = accounts;
    this.server = server;
    this.scheme = scheme;
    this.engine = new Pop3Engine(accounts, server);
    engine.flawed(FlawedCertificates::context);
  }

  /** A server in clear text. The login is {@code alice} with {@code secret}. */
  public static FakePop3 start() {
    return new FakePop3(ScriptedServer.start(), "pop3");
  }

  /** A server with implicit TLS, as on port 995. */
  public static FakePop3 startTls(ServerCertificate certificate) {
    return new FakePop3(ScriptedServer.startTls(certificate.serverContext()), "pop3s");
  }

  /** Offers STLS with this certificate. */
  public FakePop3 stls(ServerCertificate certificate) {
    engine.stls(certificate.serverContext());
    return this;
  }

  /** Whom to let in with USER and PASS, AUTH PLAIN and AUTH LOGIN. */
  public FakePop3 login(String user, String password) {
    this.user = user;
    account().secrets().password(password);
    return this;
  }

  /** Accepts AUTH XOAUTH2 and OAUTHBEARER with this token; others get the error challenge. */
  public FakePop3 token(String token) {
    account().secrets().addToken(token, Instant.MAX);
    engine.mechanisms(
        Stream.of(engine.mechanisms(), Mechanisms.FOR_TOKENS)
            .flatMap(List::stream)
            .distinct()
            .toList());
    return this;
  }

  /** Greets with a time stamp, and lets clients in by APOP. */
  public FakePop3 apop() {
    engine.apop(true);
    return this;
  }

  /** How long a user must wait from one login to the next, and says so in CAPA (RFC 2449). */
  public FakePop3 loginDelay(Duration delay) {
    engine.loginDelay(delay);
    return this;
  }

  /** How many connections there may be at a time; more are greeted with -ERR. */
  public FakePop3 mostConnections(int count) {
    engine.limits().most(count);
    return this;
  }

  /** How often a user may log in within that time by the server's clock; else [SYS/TEMP]. */
  public FakePop3 mostLogins(int count, Duration within) {
    engine.limits().mostLogins(count, within);
    return this;
  }

  /**
   * For how long a client may say nothing; then the connection is closed, and what was marked with
   * DELE stays (RFC 1939, section 3). 10 minutes unless said. It is looked at when a test sets the
   * server's clock.
   */
  public FakePop3 autologout(Duration silence) {
    engine.limits().autologout(silence);
    return this;
  }

  /** Lists exactly these capabilities beside SASL and STLS, which follow from what is offered. */
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
   * Lets nobody in before TLS, as most providers do: until then it lists neither USER nor SASL, and
   * refuses USER, PASS, APOP and AUTH. It is so from the start where a {@link Profile} says it.
   */
  public FakePop3 requireTls() {
    engine.requireTls(true);
    return this;
  }

  /**
   * How long a login waits for the session that has the maildrop to end, before it is refused with
   * {@code [IN-USE]}; 2 seconds unless said.
   */
  public FakePop3 lockPatience(Duration patience) {
    engine.lockPatience(patience);
    return this;
  }

  /** Adds a message; sessions that are open do not see it. */
  public Pop3Message deliver(byte[] raw) {
    return deliver(Pop3Message.of(raw));
  }

  /** Builds a mail and adds it, and returns it with its UIDL. */
  public Pop3Message deliver(MailBuilder mail) {
    return deliver(mail.build());
  }

  /** Adds a message with a UIDL or size of the test's choice, and returns it with its UIDL. */
  public Pop3Message deliver(Pop3Message message) {
    return maildrop().deliver(message);
  }

  /** Removes all messages with this UIDL, as another client might; open sessions keep them. */
  public void remove(String uidl) {
    maildrop().remove(uidl);
  }

  /** What the server holds, in the order of message numbers. */
  public List<Pop3Message> messages() {
    return maildrop().messages();
  }

  /** The UIDLs of what the server holds, in the order of message numbers. */
  public List<String> uidls() {
    return messages().stream().map(Pop3Message::uidl).toList();
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
    return new Pop3Override(this, fault.commands());
  }

  /**
   * Lets each command meet one of {@link Faults#pop3(long)} that are for it, with this probability.
   * When and which is drawn from sequences that are the same with the same seed, as long as clients
   * send their commands in the same order.
   *
   * @param probability from 0 to 1
   */
  public FakePop3 chaos(double probability, long seed) {
    Faults.pop3(seed).stream()
        .filter(named -> !(named.fault() instanceof Fault.AtLiteral))
        .collect(
            Collectors.groupingBy(NamedFault::commands, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (commands, faults) ->
                new Pop3Override(this, commands)
                    .sometimes(probability, seed)
                    .meetPerhaps(faults, seed));
    return this;
  }

  /** Forgets all overrides. */
  public FakePop3 heal() {
    engine.rules().clear();
    return this;
  }

  /** Resets all connections that are open now. */
  public void disconnect() {
    engine.limits().disconnect();
  }

  /**
   * For example {@code pop3://localhost:12345}. A mailbox takes TLS for required: a test that does
   * without appends {@code ?tls=none}.
   */
  public String url() {
    return server.url(scheme);
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return server.port();
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return server.connections();
  }

  /** How many connections are open now: those that their client has not closed or lost. */
  public int openConnections() {
    return server.openConnections();
  }

  /** What was said so far, as {@link ScriptedServer#transcript} tells it: without secrets. */
  public String transcript() {
    return server.transcript();
  }

  /** All commands of all connections so far, as they were sent, continuation lines of AUTH too. */
  public List<String> commands() {
    return server.received();
  }

  /** The commands of one connection; the first is 1. */
  public List<String> commands(int connection) {
    return server.received(connection);
  }

  /** How often clients sent this command, counted as {@link #on} matches. */
  public long count(String command) {
    String wanted = command.toUpperCase(Locale.ROOT);
    return commands().stream()
        .map(c -> c.toUpperCase(Locale.ROOT))
        .filter(c -> c.equals(wanted) || c.startsWith(wanted + " "))
        .count();
  }

  /** Waits until a command matches the regular expression, or throws an {@link AssertionError}. */
  public void awaitCommand(String regex, Duration timeout) {
    server.awaitReceived(regex, timeout);
  }

  /**
   * Fails when an override was never used, so that a test does not pass because its fault did not
   * happen, or when a client broke the protocol: by a command in the wrong state (RFC 1939), unless
   * a login was tried before it, or by arguments that are refused as none. That a client tries what
   * is not known here is none of that.
   *
   * @throws AssertionError naming what was wrong
   */
  public void verify() {
    var unused = engine.rules().unused();
    if (!unused.isEmpty()) {
      throw new AssertionError("never used: " + unused + "; clients said " + said());
    }
    if (!engine.violations().isEmpty()) {
      throw new AssertionError("clients broke the protocol: " + engine.violations());
    }
    server.verify();
  }

  /** Ends all sessions, without committing them, and all threads. Idempotent. */
  @Override
  public void close() {
    server.close();
  }

  FakePop3 add(Rule<String> rule) {
    engine.rules().add(rule);
    return this;
  }

  Pop3Engine engine() {
    return engine;
  }

  private FakeMaildrop maildrop() {
    return new FakeMaildrop(account(), engine);
  }

  private List<String> said() {
    return transcript().lines().filter(line -> line.contains("] C: ")).toList();
  }

  /** The account that tests are given. */
  private Account account() {
    return accounts.account(user);
  }
}
