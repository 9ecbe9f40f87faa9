// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.internal.fault.Rule;
import dev.mailbox.testkit.internal.imap.ImapEngine;
import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.internal.sasl.Mechanisms;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.ServerCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An IMAP server (RFC 3501) in memory: the IMAP side of a {@link FakeMailServer}, or one of its own
 * with the one account {@code alice}, for tests of synchronization. It is faithful about sequence
 * numbers, about when it tells what, and about pipelining, and wrong exactly where a test says so.
 * Each command is kept as the server understood it, so that a test can see that what a client was
 * given never became another command. An extension that is not among the capabilities is not known.
 * It speaks on a free loopback port. Thread-safe; what is changed holds from the next command on.
 *
 * <pre>{@code
 * try (var server = FakeImap.start()) {
 *   server.inbox().deliver(mail("hello"));
 *   server.on("UID FETCH").once().closeAfter(100);
 *   engine.sync(server.url() + "?tls=none");
 *   assertThat(server.count("EXPUNGE")).isZero();
 *   server.verify();
 * }
 * }</pre>
 *
 * <p>To take the server away, {@code server.on("CONNECT").close()} and {@code server.disconnect()};
 * to bring it back, {@code server.heal()}. Once closed it does not come back.
 *
 * <p>Folders, quota, login and token are those of {@code alice}, who is made when they are first
 * asked for. In a {@link FakeMailServer}, which has users of its own, take them from {@link
 * FakeMailServer#user} instead, and close the whole server.
 *
 * <p>What a mailbox sends, for overrides to name: a sync enters a folder by {@code EXAMINE} and
 * lists, reads and downloads by {@code UID FETCH}; a removal after download is {@code SELECT},
 * {@code UID STORE} and {@code UID EXPUNGE}; {@code mark} is {@code UID STORE}, {@code moveTo} is
 * {@code UID MOVE}, or without MOVE {@code UID COPY} and a deletion; {@code copyTo} is {@code UID
 * COPY}; {@code delete} is {@code UID STORE} and {@code UID EXPUNGE}; {@code append} is {@code
 * APPEND}; a search is {@code UID SEARCH}; a watch is {@code IDLE} and {@code DONE}.
 */
public final class FakeImap implements AutoCloseable {
  private static final List<String> CAPABILITIES =
      List.of(
          "IMAP4rev1",
          "LITERAL+",
          "SASL-IR",
          "ID",
          "ENABLE",
          "IDLE",
          "NAMESPACE",
          "CHILDREN",
          "SPECIAL-USE",
          "UIDPLUS",
          "MOVE",
          "UNSELECT");

  private final Accounts accounts;
  private final ScriptedServer server;
  private final ImapEngine engine;
  private final String scheme;
  private volatile String user = "alice";

  private FakeImap(ScriptedServer server, String scheme) {
    this(new Accounts(Clock.systemUTC()), server, scheme);
    engine.capabilities(CAPABILITIES);
    account().secrets().password("secret");
  }

  /** A side of a whole server. */
  static FakeImap of(Accounts accounts, ScriptedServer server) {
    return new FakeImap(accounts, server, "imap");
  }

  private FakeImap(Accounts accounts, ScriptedServer server, String scheme) {
    this.accounts = accounts;
    this.server = server;
    this.scheme = scheme;
    this.engine = new ImapEngine(accounts, server);
    engine.flawed(FlawedCertificates::context);
  }

  /** A server in clear text. The login is {@code alice} with {@code secret}. */
  public static FakeImap start() {
    return new FakeImap(ScriptedServer.start(), "imap");
  }

  /** A server with implicit TLS, as on port 993. */
  public static FakeImap startTls(ServerCertificate certificate) {
    return new FakeImap(ScriptedServer.startTls(certificate.serverContext()), "imaps");
  }

  /** Offers STARTTLS with this certificate. */
  public FakeImap offerStartTls(ServerCertificate certificate) {
    engine.startTls(certificate.serverContext());
    return this;
  }

  /** Whom to let in with LOGIN, AUTHENTICATE PLAIN and AUTHENTICATE LOGIN. */
  public FakeImap login(String user, String password) {
    this.user = user;
    account().secrets().password(password);
    return this;
  }

  /** Accepts XOAUTH2 and OAUTHBEARER with this token; others get the error challenge. */
  public FakeImap token(String token) {
    account().secrets().addToken(token, Instant.MAX);
    engine.mechanisms(
        Stream.of(engine.mechanisms(), Mechanisms.FOR_TOKENS)
            .flatMap(List::stream)
            .distinct()
            .toList());
    return this;
  }

  /** Greets with PREAUTH: the session needs no login. */
  public FakeImap preauth() {
    engine.preauth(account());
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

  /**
   * Lets nobody in before TLS, as most providers do: until then it lists LOGINDISABLED and no AUTH=
   * (RFC 3501, section 6.2.3), and refuses each login with [PRIVACYREQUIRED]. It is so from the
   * start where a {@link Profile} says it.
   */
  public FakeImap requireTls() {
    engine.requireTls(true);
    return this;
  }

  /** What stands between the names of a hierarchy; {@code /} unless said before there are any. */
  public FakeImap delimiter(char character) {
    account().locked(() -> delimited(character));
    return this;
  }

  /** The prefix of personal folders that NAMESPACE tells, such as {@code INBOX.}. */
  public FakeImap namespace(String prefix) {
    accounts.namespace(prefix);
    return this;
  }

  /** How many bytes the account may hold; what goes beyond is refused with [OVERQUOTA]. */
  public FakeImap quota(long bytes) {
    account().locked(() -> limited(bytes));
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

  /** How many connections there may be at a time; more are greeted with BYE. */
  public FakeImap mostConnections(int count) {
    engine.limits().most(count);
    return this;
  }

  /** How often a user may log in within that time by the server's clock; else [LIMIT]. */
  public FakeImap mostLogins(int count, Duration within) {
    engine.limits().mostLogins(count, within);
    return this;
  }

  /**
   * For how long a client may say nothing, also while it idles; then BYE (RFC 3501, section 5.4).
   * 30 minutes unless said. It is looked at when a test sets the server's clock.
   */
  public FakeImap autologout(Duration silence) {
    engine.limits().autologout(silence);
    return this;
  }

  /** The folder where mail arrives. */
  public ImapFolder inbox() {
    return folder("INBOX");
  }

  /** The folder with that name, not encoded, whether it exists or not. */
  public ImapFolder folder(String name) {
    return new ImapFolder(account(), name);
  }

  /** Makes a folder as another client would, and those above it that are missing. */
  public ImapFolder createFolder(String name) {
    change(() -> account().create(name));
    return folder(name);
  }

  /** Deletes a folder as another client would. */
  public void deleteFolder(String name) {
    change(() -> account().delete(name));
  }

  /** Renames a folder, and those below it, as another client would. */
  public void renameFolder(String from, String to) {
    change(() -> account().rename(from, to));
  }

  /** The names of all folders, not encoded, sorted. */
  public List<String> folders() {
    return account().locked(() -> account().folders().stream().map(StoredFolder::name).toList());
  }

  /** The names that clients have subscribed to, not encoded, sorted. */
  public List<String> subscribed() {
    return account().locked(() -> List.copyOf(account().subscribed()));
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
    return new ImapOverride(this, fault.commands());
  }

  /**
   * Lets each command meet one of {@link Faults#imap(long)} that are for it, with this probability.
   * When and which is drawn from sequences that are the same with the same seed, as long as clients
   * send their commands in the same order.
   *
   * @param probability from 0 to 1
   */
  public FakeImap chaos(double probability, long seed) {
    Faults.imap(seed).stream()
        .filter(named -> !(named.fault() instanceof Fault.AtLiteral))
        .collect(
            Collectors.groupingBy(NamedFault::commands, LinkedHashMap::new, Collectors.toList()))
        .forEach(
            (commands, faults) ->
                new ImapOverride(this, commands)
                    .sometimes(probability, seed)
                    .meetPerhaps(faults, seed));
    return this;
  }

  /** Forgets all overrides. */
  public FakeImap heal() {
    engine.rules().clear();
    return this;
  }

  /** Resets all connections that are open now. */
  public void disconnect() {
    engine.limits().disconnect();
  }

  /**
   * Gives up on what clients asked for by NOTIFY, in all sessions that are open now, as a server
   * may to which too much happens: it says so by [NOTIFICATIONOVERFLOW] (RFC 5465, section 5.8),
   * and tells nothing more unasked until the next NOTIFY. It does not wait for the sessions.
   */
  public void overflowNotifications() {
    engine.overflowNotifications();
  }

  /**
   * For example {@code imap://localhost:12345}. A mailbox takes TLS for required: a test that does
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

  /** All commands of all connections so far, those that could not be understood too. */
  public List<ImapCommand> commands() {
    return engine.commands();
  }

  /** The commands with that name so far. */
  public List<ImapCommand> commands(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return commands().stream().filter(c -> c.name().equals(wanted)).toList();
  }

  /** How often clients sent that command. */
  public int count(String name) {
    return commands(name).size();
  }

  /** All lines so far as they were sent, without literals; also what followed a continuation. */
  public List<String> lines() {
    return server.received();
  }

  /** Waits until a command with that name was sent, or throws an {@link AssertionError}. */
  public void awaitCommand(String name, Duration timeout) {
    await(name, () -> count(name) > 0, timeout);
  }

  /** Waits until so many sessions idle, or throws an {@link AssertionError}. */
  public void awaitIdle(int count, Duration timeout) {
    await(count + " idle sessions", () -> engine.idlers() >= count, timeout);
  }

  /**
   * Fails when an override was never used, so that a test does not pass because its fault did not
   * happen, or when a client broke the protocol: whenever the server said BAD by itself (where a
   * {@link Profile} has NO for it too), but for a login that the client cancels.
   *
   * @throws AssertionError naming what was wrong
   */
  public void verify() {
    var unused = engine.rules().unused();
    if (!unused.isEmpty()) {
      throw new AssertionError("never used: " + unused + "; clients said " + commands());
    }
    if (!engine.violations().isEmpty()) {
      throw new AssertionError("clients broke the protocol: " + engine.violations());
    }
    server.verify();
  }

  /** Ends all sessions and all threads. Idempotent. */
  @Override
  public void close() {
    server.close();
  }

  FakeImap add(Rule<ImapCommand> rule) {
    engine.rules().add(rule);
    return this;
  }

  ImapEngine engine() {
    return engine;
  }

  /** The account that tests are given. */
  private Account account() {
    return accounts.account(user);
  }

  /** What a test does to the account; what the protocol would refuse is a mistake of the test. */
  private void change(Change change) {
    account()
        .locked(
            () -> {
              try {
                change.run();
                return account();
              } catch (Refusal e) {
                throw new IllegalStateException(e.text(), e);
              }
            });
  }

  private Account delimited(char character) {
    account().delimiter(character);
    return account();
  }

  private Account limited(long bytes) {
    account().quota(bytes);
    return account();
  }

  private interface Change {
    void run() throws Refusal;
  }

  private void await(String what, BooleanSupplier holds, Duration timeout) {
    if (!Await.until(holds, timeout)) {
      throw new AssertionError("no " + what + " in " + timeout + "; clients said " + commands());
    }
  }
}
