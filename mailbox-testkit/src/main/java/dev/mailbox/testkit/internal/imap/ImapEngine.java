// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.fault.Misbehavior;
import dev.mailbox.testkit.internal.fault.Occasion;
import dev.mailbox.testkit.internal.fault.Rules;
import dev.mailbox.testkit.internal.session.Engine;
import dev.mailbox.testkit.internal.session.Sessions;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.internal.words.Wording;
import dev.mailbox.testkit.script.ScriptedConnection;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An IMAP server: what it offers, who is connected, and what clients said. Thread-safe. */
public final class ImapEngine implements Engine {
  private static final int MOST_KEPT = 1 << 16;

  private final Accounts accounts;
  private final Rules<ImapCommand> rules = new Rules<>();
  private final Queue<ImapCommand> commands = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final Sessions<Session> sessions = new Sessions<>(Duration.ofMinutes(30));
  private final Set<String> removed = ConcurrentHashMap.newKeySet();
  private volatile boolean requiresTls;
  private volatile List<String> capabilities = List.of("IMAP4rev1");
  private volatile @Nullable List<String> capabilitiesBeforeLogin;
  private volatile List<String> mechanisms = List.of("PLAIN", "LOGIN");
  private volatile Set<Quirk> quirks = Set.of();
  private volatile int mostSessions = Integer.MAX_VALUE;
  private volatile long appendLimit = Long.MAX_VALUE;
  private volatile @Nullable Account preauth;
  private volatile @Nullable SSLContext startTls;
  private volatile Function<Fault.Flaw, SSLContext> flawed = ImapEngine::none;

  /** Serves these accounts to whoever comes to the server. */
  public ImapEngine(Accounts accounts, ScriptedServer server) {
    this.accounts = accounts;
    server.everyConnection(connection -> new Session(this, connection).run());
    server.handshakes(this::handshake);
  }

  public Accounts accounts() {
    return accounts;
  }

  @Override
  public Rules<ImapCommand> rules() {
    return rules;
  }

  /** All commands so far, also those that could not be understood. */
  public List<ImapCommand> commands() {
    return List.copyOf(commands);
  }

  @Override
  public List<String> violations() {
    return List.copyOf(violations);
  }

  public List<String> capabilities() {
    return capabilities;
  }

  public void capabilities(List<String> names) {
    capabilities = List.copyOf(names);
    capabilitiesBeforeLogin = null;
  }

  /** Lists these until the client has logged in, and then the others. */
  public void capabilitiesBeforeLogin(List<String> names) {
    capabilitiesBeforeLogin = List.copyOf(names);
  }

  /**
   * Offers none of these any more: capabilities by name, or all whose name ends there with =, AUTH=
   * and STARTTLS too. What is gone already may be named again.
   */
  public void without(List<String> names) {
    for (String each : names) {
      String name = each.toUpperCase(Locale.ROOT);
      List<String> before = capabilitiesBeforeLogin;
      List<String> kept = capabilities.stream().filter(c -> !isNamed(c, name)).toList();
      List<String> first =
          before == null ? null : before.stream().filter(c -> !isNamed(c, name)).toList();
      List<String> left = mechanisms.stream().filter(m -> !isNamed("AUTH=" + m, name)).toList();
      boolean tls = name.equals("STARTTLS") && startTls != null;
      boolean offered =
          tls
              || kept.size() < capabilities.size()
              || left.size() < mechanisms.size()
              || !Objects.equals(first, before);
      if (!offered && !removed.contains(name)) {
        throw new IllegalArgumentException(
            each + " is not offered, but " + capabilities + " and mechanisms " + mechanisms);
      }
      capabilities = kept;
      capabilitiesBeforeLogin = first;
      mechanisms = left;
      startTls = tls ? null : startTls;
      removed.add(name);
    }
  }

  private static boolean isNamed(String capability, String name) {
    String upper = capability.toUpperCase(Locale.ROOT);
    return upper.equals(name) || upper.startsWith(name + "=");
  }

  @Override
  public void requireTls(boolean on) {
    requiresTls = on;
  }

  Wording wording() {
    return accounts.wording();
  }

  /** Whether nobody is let in on such a connection yet. */
  boolean awaitsTls(ScriptedConnection connection) {
    return requiresTls && !connection.isTls();
  }

  public List<String> mechanisms() {
    return mechanisms;
  }

  @Override
  public void mechanisms(List<String> names) {
    mechanisms = List.copyOf(names);
  }

  public void quirks(Set<Quirk> habits) {
    quirks = Set.copyOf(habits);
  }

  boolean has(Quirk habit) {
    return quirks.contains(habit);
  }

  public void mostSessions(int count) {
    mostSessions = count;
  }

  public void appendLimit(long bytes) {
    appendLimit = bytes;
  }

  /** Whose sessions need no login; null for nobody's. */
  public void preauth(@Nullable Account account) {
    preauth = account;
  }

  @Override
  public void startTls(@Nullable SSLContext context) {
    startTls = context;
  }

  /** How many sessions idle. */
  public long idlers() {
    return sessions.stream().filter(Session::isIdle).count();
  }

  /** Gives up on what all sessions that are open now asked for by NOTIFY. */
  public void overflowNotifications() {
    sessions.stream().forEach(Session::overflow);
  }

  @Override
  public void flawed(Function<Fault.Flaw, SSLContext> contexts) {
    flawed = contexts;
  }

  /** Begins TLS, as far as no rule is against it. */
  Ending handshake(ScriptedConnection connection, SSLContext context) throws IOException {
    var head = new ImapCommand.Head(connection.number(), "", "TLS");
    Fault fault = rules.meet(new Occasion<>(new ImapCommand(head, List.of(), null), "", ""));
    return new Misbehavior(connection, text -> text).handshake(fault, context, flawed);
  }

  void record(ImapCommand command) {
    commands.add(shortened(command));
    command.problem().ifPresent(problem -> violation(command, problem));
  }

  void violation(ImapCommand command, String problem) {
    violations.add(shortened(command) + ": " + problem);
  }

  /** With no more than the beginnings of large literals, because it is kept for long. */
  private static ImapCommand shortened(ImapCommand command) {
    List<ImapValue> values = command.arguments().stream().map(ImapEngine::shortened).toList();
    var head = new ImapCommand.Head(command.connection(), command.tag(), command.name());
    return new ImapCommand(head, values, command.problem().orElse(null));
  }

  private static ImapValue shortened(ImapValue value) {
    if (value instanceof ImapValue.Listed list) {
      return new ImapValue.Listed(list.items().stream().map(ImapEngine::shortened).toList());
    }
    if (value instanceof ImapValue.Literal literal && literal.text().length() > MOST_KEPT) {
      String start = literal.text().substring(0, MOST_KEPT);
      return new ImapValue.Literal(start, literal.size(), literal.synchronizing());
    }
    return value;
  }

  @Override
  public Sessions<?> limits() {
    return sessions;
  }

  Sessions<Session> sessions() {
    return sessions;
  }

  /** How many sessions of that account there are. */
  long loggedIn(Account account) {
    return sessions.stream().filter(session -> session.isOf(account)).count();
  }

  long appendLimit() {
    return appendLimit;
  }

  @Nullable Account preauth() {
    return preauth;
  }

  int mostSessions() {
    return mostSessions;
  }

  @Nullable SSLContext tlsContext() {
    return startTls;
  }

  /** Whether that is listed, before the login or after. */
  boolean offers(String capability) {
    return all().anyMatch(capability::equalsIgnoreCase);
  }

  /** Whether a capability with that name, or one that begins with it and =, is listed. */
  boolean offersAny(String name) {
    return offers(name) || all().anyMatch(each -> each.startsWith(name + "="));
  }

  private Stream<String> all() {
    List<String> before = capabilitiesBeforeLogin;
    return before == null
        ? capabilities.stream()
        : Stream.concat(capabilities.stream(), before.stream());
  }

  private static SSLContext none(Fault.Flaw flaw) {
    throw new IllegalStateException("there is no certificate that is " + flaw);
  }

  /** What CAPABILITY lists on such a connection. */
  String capabilities(ScriptedConnection connection, boolean loggedIn) {
    List<String> before = capabilitiesBeforeLogin;
    List<String> all = new ArrayList<>(loggedIn || before == null ? capabilities : before);
    boolean awaitsTls = awaitsTls(connection);
    if (!loggedIn && awaitsTls && !offers("LOGINDISABLED")) {
      all.add("LOGINDISABLED");
    }
    if (loggedIn && has(Quirk.LOGIN_DISABLED_BY_LOGIN)) {
      all.add("LOGINDISABLED");
    }
    if ((!loggedIn || has(Quirk.MECHANISMS_STAY)) && !awaitsTls) {
      mechanisms.forEach(mechanism -> all.add("AUTH=" + mechanism));
    }
    if (!loggedIn && !connection.isTls() && startTls != null) {
      all.add("STARTTLS");
    }
    return String.join(" ", all);
  }
}
