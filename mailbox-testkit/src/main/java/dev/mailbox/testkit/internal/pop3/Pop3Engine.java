// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.internal.fault.Misbehavior;
import dev.mailbox.testkit.internal.fault.Occasion;
import dev.mailbox.testkit.internal.fault.Rules;
import dev.mailbox.testkit.internal.session.Engine;
import dev.mailbox.testkit.internal.session.Sessions;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.internal.store.StoredMessage;
import dev.mailbox.testkit.internal.words.Wording;
import dev.mailbox.testkit.script.ScriptedConnection;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A POP3 server: what it offers, and how it names messages. Thread-safe. */
public final class Pop3Engine implements Engine {
  private static final Set<String> COMMANDS =
      Set.of(
          "CAPA", "USER", "PASS", "AUTH", "STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "RSET",
          "NOOP", "QUIT");

  private final Accounts accounts;
  private final Rules<String> rules = new Rules<>();
  private final Map<Account, Instant> logins = new ConcurrentHashMap<>();
  private final Sessions<Session> sessions = new Sessions<>(Duration.ofMinutes(10));
  private final List<String> missing = new CopyOnWriteArrayList<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private volatile boolean requiresTls;
  private volatile boolean initialResponses = true;
  private volatile boolean locks = true;
  private volatile Duration lockPatience = Duration.ofSeconds(2);
  private volatile List<String> capabilities =
      List.of("TOP", "UIDL", "USER", "PIPELINING", "RESP-CODES", "AUTH-RESP-CODE");
  private volatile @Nullable List<String> capabilitiesAfterLogin;
  private volatile List<String> mechanisms = List.of("PLAIN", "LOGIN");
  private volatile Uidls uidls = (validity, uid) -> "uidl-" + uid;
  private volatile Duration loginDelay = Duration.ZERO;
  private volatile boolean apop;
  private volatile @Nullable SSLContext stls;
  private volatile Function<Fault.Flaw, SSLContext> flawed = Pop3Engine::none;

  /** Serves the inboxes of these accounts to whoever comes to the server. */
  public Pop3Engine(Accounts accounts, ScriptedServer server) {
    this.accounts = accounts;
    server.everyConnection(connection -> new Session(this, connection).run());
    server.handshakes(this::handshake);
  }

  @Override
  public Rules<String> rules() {
    return rules;
  }

  public void capabilities(List<String> lines) {
    capabilities = List.copyOf(lines);
    capabilitiesAfterLogin = null;
  }

  /** Lists these once the client has logged in. */
  public void capabilitiesAfterLogin(List<String> lines) {
    capabilitiesAfterLogin = List.copyOf(lines);
  }

  /** Neither lists these commands and lines nor knows them; what is gone may be named again. */
  public void without(List<String> names) {
    for (String each : names) {
      String name = each.toUpperCase(Locale.ROOT);
      List<String> left = mechanisms.stream().filter(m -> !isMechanism(m, name)).toList();
      if (!lacks(name) && left.size() == mechanisms.size() && !isOffered(name)) {
        throw new IllegalArgumentException(
            each + " is not offered, but " + capabilities() + " and mechanisms " + mechanisms);
      }
      mechanisms = left;
      missing.add(name);
    }
  }

  private static boolean isMechanism(String mechanism, String name) {
    String prefixed = "AUTH=" + mechanism;
    return name.equals("SASL") || prefixed.equalsIgnoreCase(name);
  }

  private boolean isOffered(String name) {
    return switch (name) {
      case "STLS" -> stls != null;
      case "APOP" -> apop;
      default ->
          COMMANDS.contains(name) || capabilities().stream().anyMatch(c -> verb(c).equals(name));
    };
  }

  private static String verb(String line) {
    return line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
  }

  @Override
  public void requireTls(boolean on) {
    requiresTls = on;
  }

  /** Whether AUTH takes an initial response (RFC 5034), and not only a line of its own for it. */
  public void initialResponses(boolean on) {
    initialResponses = on;
  }

  boolean takesInitialResponses() {
    return initialResponses;
  }

  /** Whether one session at a time has a maildrop (RFC 1939, section 4). */
  public void locks(boolean on) {
    locks = on;
  }

  boolean locksMaildrops() {
    return locks;
  }

  Wording wording() {
    return accounts.wording();
  }

  /** Whether nobody is let in on such a connection yet. */
  boolean awaitsTls(ScriptedConnection connection) {
    return requiresTls && !connection.isTls();
  }

  /** How long a login waits for the session before it. */
  public void lockPatience(Duration patience) {
    lockPatience = patience;
  }

  Duration lockPatience() {
    return lockPatience;
  }

  @Override
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** Notes it without what follows the verb, which may be a secret. */
  void violation(ScriptedConnection connection, String verb, String problem) {
    violations.add("connection " + connection.number() + ": " + verb + ": " + problem);
  }

  public List<String> mechanisms() {
    return mechanisms;
  }

  @Override
  public void mechanisms(List<String> names) {
    mechanisms = List.copyOf(names);
  }

  public void loginDelay(Duration delay) {
    loginDelay = delay;
  }

  @Override
  public Sessions<?> limits() {
    return sessions;
  }

  Sessions<Session> sessions() {
    return sessions;
  }

  public void apop(boolean on) {
    apop = on;
  }

  @Override
  public void startTls(@Nullable SSLContext context) {
    stls = context;
  }

  /** How messages are named that have no UIDL of a test's choice. */
  public interface Uidls {
    String name(long uidValidity, long uid);
  }

  public void uidls(Uidls names) {
    uidls = names;
  }

  /** What UIDL says of a message of that account. */
  public String uidl(Account account, StoredMessage message) {
    String chosen = message.content().uidl();
    return chosen == null ? uidls.name(account.inbox().uidValidity(), message.uid()) : chosen;
  }

  @Override
  public void flawed(Function<Fault.Flaw, SSLContext> contexts) {
    flawed = contexts;
  }

  /** Begins TLS, as far as no rule is against it. */
  Ending handshake(ScriptedConnection connection, SSLContext context) throws IOException {
    Fault fault = rules.meet(new Occasion<>("TLS", "", ""));
    return new Misbehavior(connection, text -> text).handshake(fault, context, flawed);
  }

  private static SSLContext none(Fault.Flaw flaw) {
    throw new IllegalStateException("there is no certificate that is " + flaw);
  }

  Accounts accounts() {
    return accounts;
  }

  boolean hasApop() {
    return apop;
  }

  @Nullable SSLContext stls() {
    return stls;
  }

  /** Whether the last login is not long enough ago. */
  boolean isTooEarly(Account account) {
    Instant last = logins.get(account);
    return last != null && account.now().isBefore(last.plus(loginDelay));
  }

  /** From which the next one is to be counted. */
  void loggedIn(Account account) {
    logins.put(account, account.now());
  }

  Duration loginDelay() {
    return loginDelay;
  }

  boolean lacks(String command) {
    return missing.stream().anyMatch(command::equalsIgnoreCase);
  }

  List<String> capabilities(boolean beforeLogin) {
    List<String> later = capabilitiesAfterLogin;
    return offered(beforeLogin || later == null ? capabilities : later);
  }

  List<String> capabilities() {
    return capabilities(true);
  }

  private List<String> offered(List<String> lines) {
    Stream<String> delay =
        loginDelay.isZero() ? Stream.of() : Stream.of("LOGIN-DELAY " + loginDelay.toSeconds());
    Stream<String> others =
        lines.stream().filter(line -> loginDelay.isZero() || !line.startsWith("LOGIN-DELAY "));
    return Stream.concat(others, delay).filter(line -> !lacks(verb(line))).toList();
  }
}
