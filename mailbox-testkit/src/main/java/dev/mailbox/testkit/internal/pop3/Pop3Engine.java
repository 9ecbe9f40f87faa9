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
import dev.mailbox.testkit.internal.words.Pop3Phrase;
import dev.mailbox.testkit.internal.words.Wording;
import dev.mailbox.testkit.script.ScriptedConnection;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A POP3 server: what it offers, and how it names messages. Thread-safe. */
public final class Pop3Engine implements Engine {
  private final Accounts accounts;
  private final Rules<String> rules = new Rules<>();
  private final Map<Account, Instant> logins = new ConcurrentHashMap<>();
  private final Sessions<Session> sessions = new Sessions<>(Duration.ofMinutes(10));
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Offer offer = Offer.PLAIN;
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private volatile boolean requiresTls;
  private volatile boolean initialResponses = true;
  private volatile boolean locks = true;
  private volatile boolean deletesRetrieved;
  private volatile Duration lockPatience = Duration.ofSeconds(2);
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

  /** Lists exactly these lines, and knows their commands, also those that were taken away. */
  public void capabilities(List<String> lines) {
    change(now -> now.listing(lines));
  }

  /** Lists these once the client has logged in. */
  public void capabilitiesAfterLogin(List<String> lines) {
    change(now -> now.listingAfterLogin(lines));
  }

  /** Neither lists these commands and lines nor knows them; what is gone may be named again. */
  public void without(List<String> names) {
    change(now -> now.without(names, this::isOffered));
  }

  private void change(UnaryOperator<Offer> change) {
    changing.lock();
    try {
      offer = change.apply(offer);
    } finally {
      changing.unlock();
    }
  }

  /** Whether that is offered beside what is listed. */
  private boolean isOffered(String name) {
    return switch (name) {
      case "STLS" -> stls != null;
      case "APOP" -> apop;
      case "LOGIN-DELAY" -> !loginDelay.isZero();
      default -> false;
    };
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

  /** From now on QUIT deletes what was retrieved. */
  public void deleteRetrieved() {
    deletesRetrieved = true;
  }

  boolean deletesRetrieved() {
    return deletesRetrieved;
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
    return offer.mechanisms();
  }

  @Override
  public void mechanisms(List<String> names) {
    change(now -> now.withMechanisms(names));
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
    if (on) {
      change(now -> now.with("APOP"));
    }
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
    return offer.lacks(command);
  }

  /** What CAPA lists, but for SASL and STLS. */
  List<String> capabilities(boolean beforeLogin) {
    Offer now = offer;
    Duration delay = loginDelay;
    Stream<String> lines = now.lines(beforeLogin).stream();
    if (!delay.isZero()) {
      Stream<String> others = lines.filter(line -> !Offer.verb(line).equals("LOGIN-DELAY"));
      lines = Stream.concat(others, Stream.of("LOGIN-DELAY " + delay.toSeconds()));
    }
    return lines.filter(line -> !now.lacks(Offer.verb(line))).toList();
  }

  /**
   * Why a client is not let in, in the words of the server. A code is there only where RESP-CODES
   * says so (RFC 2449, section 6.4), and {@code [AUTH]} not where AUTH-RESP-CODE was taken away.
   */
  String refusal(Pop3Phrase phrase, Map<String, String> known) {
    String words = wording().of(phrase);
    boolean coded =
        capabilities(true).stream().anyMatch("RESP-CODES"::equalsIgnoreCase)
            && !(words.startsWith("[AUTH]") && lacks("AUTH-RESP-CODE"));
    return Wording.filled(coded ? words : words.replaceFirst("^\\[[^\\]]*\\] *", ""), known);
  }
}
