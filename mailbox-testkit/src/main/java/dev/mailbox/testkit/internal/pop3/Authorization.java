// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.sasl.Apop;
import dev.mailbox.testkit.internal.sasl.Exchange;
import dev.mailbox.testkit.internal.sasl.Mechanisms;
import dev.mailbox.testkit.internal.sasl.Nonces;
import dev.mailbox.testkit.internal.sasl.Passwords;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.words.Pop3Phrase;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The commands before login (RFC 1939, sections 4 and 7; STLS of RFC 2595; AUTH of RFC 5034; codes
 * of RFC 2449 and RFC 3206).
 */
final class Authorization {
  static final int MOST_LINE = 1 << 16;

  private static final Set<String> LOGINS = Set.of("USER", "PASS", "APOP", "AUTH");

  private final Pop3Engine server;
  private final ScriptedConnection connection;
  private final Transaction transaction;
  private final Nonces nonces;
  private final String timestamp;
  private String user = "";
  private boolean startTls;
  private boolean tried;
  private boolean over;
  private boolean triedUser;

  /** The client gives up an exchange, as it may. */
  private static final class Cancelled extends Exception {
    private static final long serialVersionUID = 1;
  }

  Authorization(Pop3Engine server, ScriptedConnection connection, Transaction transaction) {
    this.server = server;
    this.connection = connection;
    this.transaction = transaction;
    this.nonces = new Nonces(server.accounts().challenges(connection.number()));
    this.timestamp = Apop.timestamp(nonces);
  }

  Reply execute(String verb, String argument) throws IOException {
    return switch (verb) {
      case "CONNECT" ->
          Reply.ok(says(Pop3Phrase.GREETING) + (greetsForApop() ? " " + timestamp : ""));
      case "CAPA" -> transaction.capabilities(connection, true);
      case "STLS" -> stls();
      case "USER", "PASS", "APOP", "AUTH" ->
          server.awaitsTls(connection)
              ? Reply.error(says(Pop3Phrase.NEEDS_TLS))
              : logIn(verb, argument);
      case "LANG", "UTF8" -> transaction.languages(verb, argument);
      case "STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "RSET", "NOOP" -> tooEarly();
      default -> Reply.error(says(Pop3Phrase.BEFORE_LOGIN));
    };
  }

  /** Who asks to be let in by a command, as far as it says so; else nobody. */
  String user(String line) {
    String[] words = line.split(" ", -1);
    return switch (words[0].toUpperCase(Locale.ROOT)) {
      case "USER" -> utf8(line.substring(Math.min(line.length(), "USER ".length())));
      case "PASS" -> user;
      case "APOP" -> words.length > 1 ? utf8(words[1]) : "";
      case "AUTH" ->
          words.length == 3 && words[1].equalsIgnoreCase("PLAIN")
              ? Passwords.claimed(words[2])
              : "";
      default -> "";
    };
  }

  /** Notes that a client asks to be let in, whether that is obeyed or not. */
  void hear(String line) {
    String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    tried |= LOGINS.contains(verb);
    triedUser |= verb.equals("USER");
  }

  /** What was sent together with a login that was refused breaks nothing (RFC 2449, 6.6). */
  private Reply tooEarly() {
    String text = says(Pop3Phrase.BEFORE_LOGIN);
    return tried ? Reply.error(text) : Reply.violation(text);
  }

  private boolean greetsForApop() {
    return server.hasApop() && !server.lacks("APOP") && !server.awaitsTls(connection);
  }

  private Reply logIn(String verb, String argument) throws IOException {
    return switch (verb) {
      case "USER" -> {
        user = utf8(argument);
        yield user.isEmpty()
            ? Reply.violation("USER takes a name")
            : Reply.ok(server.wording().say(Pop3Phrase.SEND_PASS, "user", argument));
      }
      case "PASS" -> pass(argument);
      case "APOP" -> server.hasApop() ? apop(argument) : unknown(verb);
      default -> auth(argument);
    };
  }

  private Reply pass(String argument) {
    if (user.isEmpty()) {
      return triedUser ? Reply.error("USER comes first") : Reply.violation("USER comes first");
    }
    String name = user;
    user = "";
    return enter(
        Passwords.login(server.accounts(), name, utf8(argument)), Pop3Phrase.LOGIN_REFUSED);
  }

  /** Whether TLS is due now that the reply is written. */
  boolean takeStartTls() {
    boolean due = startTls;
    startTls = false;
    return due;
  }

  private Reply stls() {
    if (server.stls() == null) {
      return Reply.error("STLS is not possible here");
    }
    if (connection.isTls()) {
      return Reply.violation("there is TLS already");
    }
    startTls = true;
    // What was said in clear text counts no more (RFC 2595, section 4).
    user = "";
    return Reply.ok("begin TLS");
  }

  private Reply apop(String argument) {
    String[] words = argument.split(" ", -1);
    return words.length == 2
        ? enter(
            Apop.login(server.accounts(), words[0], timestamp, words[1]), Pop3Phrase.LOGIN_REFUSED)
        : Reply.violation("APOP takes a user and a digest");
  }

  private Reply auth(String argument) throws IOException {
    String[] words = argument.split(" ", 2);
    String mechanism = words[0].toUpperCase(Locale.ROOT);
    Optional<Exchange> exchange = Mechanisms.begin(mechanism, server.accounts(), nonces);
    if (exchange.isEmpty() || !server.mechanisms().contains(mechanism)) {
      return Reply.error(says(Pop3Phrase.UNKNOWN_MECHANISM));
    }
    if (words.length > 1 && !server.takesInitialResponses()) {
      over = true;
      return Reply.error(says(Pop3Phrase.NO_INITIAL_RESPONSE));
    }
    try {
      return exchange(exchange.get(), words.length > 1 ? words[1] : "");
    } catch (Cancelled e) {
      return Reply.error("cancelled");
    } catch (IllegalArgumentException e) {
      return Reply.violation("no base64, or too long");
    }
  }

  private Reply exchange(Exchange exchange, String initial) throws IOException, Cancelled {
    boolean asks = initial.isEmpty() && !exchange.asksInWords();
    byte[] response = asks ? ask("") : decode(initial);
    Exchange.Turn turn = exchange.next(response);
    while (turn instanceof Exchange.Challenge challenge) {
      turn = exchange.next(ask(challenge.text()));
    }
    Optional<Account> owner =
        turn instanceof Exchange.Accepted accepted
            ? Optional.of(accepted.account())
            : Optional.empty();
    return enter(owner, Pop3Phrase.AUTHENTICATION_REFUSED);
  }

  private byte[] ask(String challenge) throws IOException, Cancelled {
    connection.sendLine("+ " + Base64.getEncoder().encodeToString(challenge.getBytes(UTF_8)));
    String response = connection.readLine(MOST_LINE);
    if (response == null || response.equals("*")) {
      throw new Cancelled();
    }
    if (response.length() > MOST_LINE) {
      throw new IllegalArgumentException("too long");
    }
    return decode(response);
  }

  private static byte[] decode(String base64) {
    return base64.equals("=") ? new byte[0] : Base64.getDecoder().decode(base64);
  }

  private Reply enter(Optional<Account> account, Pop3Phrase refusal) {
    if (account.isEmpty()) {
      return Reply.error(says(refusal));
    }
    if (!server.sessions().takeLogin(account.get())) {
      return Reply.error(says(Pop3Phrase.TOO_MANY_LOGINS));
    }
    if (server.isTooEarly(account.get())) {
      return tooSoon();
    }
    if (!transaction.begin(account.get(), server.lockPatience())) {
      return Reply.error(says(Pop3Phrase.IN_USE));
    }
    if (server.isTooEarly(account.get())) {
      transaction.end();
      return tooSoon();
    }
    server.loggedIn(account.get());
    return Reply.ok(server.wording().say(Pop3Phrase.LOGGED_IN, "count", transaction.size()));
  }

  private Reply tooSoon() {
    long minutes = server.loginDelay().toMinutes();
    return Reply.error(server.wording().say(Pop3Phrase.LOGIN_DELAY, "minutes", minutes));
  }

  private Reply unknown(String verb) {
    return Reply.error(server.wording().say(Pop3Phrase.UNKNOWN_COMMAND, "command", verb));
  }

  private String says(Pop3Phrase phrase) {
    return server.wording().of(phrase);
  }

  /** Whether what the client sent ends the session. */
  boolean isOver() {
    return over;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }
}
