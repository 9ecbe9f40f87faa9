// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.internal.fault.Rule;
import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.internal.sasl.Mechanisms;
import dev.mailbox.testkit.internal.session.Engine;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.ServerCertificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A side of a {@link FakeMailServer}, as far as both protocols are alike: its limits, what goes
 * wrong, and what clients said. It lives as long as its server. Thread-safe; what is changed holds
 * from the next command on.
 *
 * <p>To take a side away, {@code side.on("CONNECT").close()} and {@link #disconnect}; to bring it
 * back, {@link #heal}.
 *
 * @param <S> the side itself
 */
public abstract sealed class FakeSide<S extends FakeSide<S>> permits FakeImap, FakePop3 {
  private final ScriptedServer server;
  private final Engine engine;

  FakeSide(ScriptedServer server, Engine engine, ServerCertificate certificate) {
    this.server = server;
    this.engine = engine;
    engine.startTls(certificate.serverContext());
    engine.flawed(FlawedCertificates::context);
  }

  /**
   * Offers exactly these SASL mechanisms, in that order; none stands for no SASL. All that there
   * are are offered unless a {@link Profile} has others: PLAIN, LOGIN, CRAM-MD5, SCRAM-SHA-256,
   * XOAUTH2 and OAUTHBEARER.
   *
   * @throws IllegalArgumentException if there is no such mechanism
   */
  public final S mechanisms(String... names) {
    for (String name : names) {
      if (!Mechanisms.isKnown(name)) {
        throw new IllegalArgumentException("there is no mechanism " + name);
      }
    }
    engine.mechanisms(List.of(names));
    return self();
  }

  /**
   * Lets nobody in before TLS, as most providers do. Until then IMAP lists LOGINDISABLED and no
   * AUTH= (RFC 3501, section 6.2.3), and refuses each login with [PRIVACYREQUIRED]; POP3 lists
   * neither USER nor SASL, and refuses USER, PASS, APOP and AUTH. It is so from the start where a
   * {@link Profile} says it.
   */
  public final S requireTls() {
    engine.requireTls(true);
    return self();
  }

  /** How many connections there may be at a time; more are greeted with BYE, or with -ERR. */
  public final S mostConnections(int count) {
    engine.limits().most(count);
    return self();
  }

  /**
   * How often a user may log in within that time by the server's clock; else [LIMIT], over POP3
   * [SYS/TEMP].
   */
  public final S mostLogins(int count, Duration within) {
    engine.limits().mostLogins(count, within);
    return self();
  }

  /**
   * For how long a client may say nothing, also while it idles. Then IMAP says BYE (RFC 3501,
   * section 5.4), and POP3 closes the connection, and what was marked with DELE stays (RFC 1939,
   * section 3). 30 minutes for IMAP and 10 for POP3 unless said. It is looked at when a test sets
   * the server's clock.
   */
  public final S autologout(Duration silence) {
    engine.limits().autologout(silence);
    return self();
  }

  /**
   * Lets each command meet one of {@link Faults#imap(long)}, or {@link Faults#pop3(long)}, that are
   * for it, with this probability. When and which is drawn from sequences that are the same with
   * the same seed, as long as clients send their commands in the same order.
   *
   * @param probability from 0 to 1
   */
  public final S chaos(double probability, long seed) {
    faults(seed).stream()
        .filter(named -> !(named.fault() instanceof Fault.AtLiteral))
        .collect(
            Collectors.groupingBy(NamedFault::commands, LinkedHashMap::new, Collectors.toList()))
        .forEach((commands, faults) -> perhaps(commands, probability, faults, seed));
    return self();
  }

  /** Forgets all overrides. */
  public final S heal() {
    engine.rules().clear();
    return self();
  }

  /** Resets all connections that are open now. */
  public final void disconnect() {
    engine.limits().disconnect();
  }

  /** The port on 127.0.0.1 where it speaks clear text. */
  public final int port() {
    return server.port();
  }

  /** How many connections were accepted so far. */
  public final int connections() {
    return server.connections();
  }

  /** How many connections are open now: those that their client has not closed or lost. */
  public final int openConnections() {
    return server.openConnections();
  }

  /** What was said so far, as {@link ScriptedServer#transcript} tells it: without secrets. */
  public final String transcript() {
    return server.transcript();
  }

  /** How often clients sent that command, counted as overrides match it. */
  public abstract int count(String command);

  /**
   * Waits until a client has sent that command, as {@link #count} counts it, or throws an {@link
   * AssertionError}.
   */
  public final void awaitCommand(String command, Duration timeout) {
    await(command, () -> count(command) > 0, timeout);
  }

  /** Waits until so many connections were accepted, or throws an {@link AssertionError}. */
  public final void awaitConnections(int count, Duration timeout) {
    server.awaitConnections(count, timeout);
  }

  /**
   * The overrides that no command has met yet, of those that are not forgotten: each by the names
   * of its commands, or of its fault if it began with one.
   */
  public final List<String> unused() {
    return engine.rules().unused().stream().map(Rule::name).toList();
  }

  /**
   * Fails when an override was never used, so that a test does not pass because its fault did not
   * happen, or when a client broke the protocol.
   *
   * <p>Over IMAP it did whenever the server said BAD by itself (where a {@link Profile} has NO for
   * it too), but for a login that the client cancels. Over POP3 it did by a command in the wrong
   * state (RFC 1939), unless a login was tried before it, or by arguments that are refused as none;
   * that a client tries what is not known here is none of that.
   *
   * @throws AssertionError naming what was wrong
   */
  public final void verify() {
    var unused = engine.rules().unused();
    if (!unused.isEmpty()) {
      throw new AssertionError("never used: " + unused + "; clients said " + said());
    }
    if (!engine.violations().isEmpty()) {
      throw new AssertionError("clients broke the protocol: " + engine.violations());
    }
    server.verify();
  }

  abstract S self();

  /** All that there are for this protocol. */
  abstract List<NamedFault> faults(long seed);

  /** Lets such commands meet one of these faults with this probability. */
  abstract void perhaps(
      List<String> commands, double probability, List<NamedFault> faults, long seed);

  final void await(String what, BooleanSupplier holds, Duration timeout) {
    if (!Await.until(holds, timeout)) {
      throw new AssertionError("no " + what + " in " + timeout + "; clients said " + said());
    }
  }

  final ScriptedServer server() {
    return server;
  }

  /** What clients said, without secrets. */
  final List<String> said() {
    return transcript().lines().filter(line -> line.contains("] C: ")).toList();
  }
}
