// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.internal.fault.Misbehavior;
import dev.mailbox.testkit.internal.fault.Occasion;
import dev.mailbox.testkit.internal.fault.Rules;
import dev.mailbox.testkit.internal.session.Sessions;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.internal.store.StoredMessage;
import dev.mailbox.testkit.script.ScriptedConnection;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A POP3 server: what it offers, and how it names messages. Thread-safe. */
public final class Pop3Engine {
  private final Accounts accounts;
  private final Rules<String> rules = new Rules<>();
  private final Map<Account, Instant> logins = new ConcurrentHashMap<>();
  private final Sessions<Session> sessions = new Sessions<>(Duration.ofMinutes(10));
  private final List<String> missing = new CopyOnWriteArrayList<>();
  private volatile List<String> capabilities =
      List.of("TOP", "UIDL", "USER", "PIPELINING", "RESP-CODES", "AUTH-RESP-CODE");
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

  public Rules<String> rules() {
    return rules;
  }

  public void capabilities(List<String> lines) {
    capabilities = List.copyOf(lines);
  }

  /** Neither lists these commands nor knows them. */
  public void without(List<String> commands) {
    missing.addAll(commands);
  }

  public List<String> mechanisms() {
    return mechanisms;
  }

  public void mechanisms(List<String> names) {
    mechanisms = List.copyOf(names);
  }

  public void loginDelay(Duration delay) {
    loginDelay = delay;
  }

  /** The sessions that are open, and what limits them. */
  public Sessions<?> limits() {
    return sessions;
  }

  Sessions<Session> sessions() {
    return sessions;
  }

  public void apop(boolean on) {
    apop = on;
  }

  public void stls(@Nullable SSLContext context) {
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

  /** What certificates look like that have a flaw. */
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

  /** Whether the last login is not long enough ago; else this is the last. */
  boolean isTooEarly(Account account) {
    Instant now = account.now();
    Instant last = logins.get(account);
    if (last != null && now.isBefore(last.plus(loginDelay))) {
      return true;
    }
    logins.put(account, now);
    return false;
  }

  boolean lacks(String command) {
    return missing.stream().anyMatch(command::equalsIgnoreCase);
  }

  List<String> capabilities() {
    Stream<String> delay =
        loginDelay.isZero() ? Stream.of() : Stream.of("LOGIN-DELAY " + loginDelay.toSeconds());
    Stream<String> others =
        capabilities.stream()
            .filter(line -> loginDelay.isZero() || !line.startsWith("LOGIN-DELAY "));
    return Stream.concat(others, delay).filter(line -> !lacks(line)).toList();
  }
}
