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
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The commands before login (RFC 1939, sections 4 and 7; STLS of RFC 2595; AUTH of RFC 5034; codes
 * of RFC 2449 and RFC 3206).
 */
final class Authorization {
  static final int MOST_LINE = 1 << 16;

  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);
  private static final String REFUSED = "[AUTH] wrong user or password";

  private final Pop3Engine server;
  private final ScriptedConnection connection;
  private final Transaction transaction;
  private final Nonces nonces;
  private final String timestamp;
  private String user = "";
  private boolean startTls;

  Authorization(Pop3Engine server, ScriptedConnection connection, Transaction transaction) {
    this.server = server;
    this.connection = connection;
    this.transaction = transaction;
    this.nonces = new Nonces(server.accounts().challenges(connection.number()));
    this.timestamp = Apop.timestamp(nonces);
  }

  Reply execute(String verb, String argument) throws IOException {
    return switch (verb) {
      case "CONNECT" -> Reply.ok("testkit ready" + (server.hasApop() ? " " + timestamp : ""));
      case "CAPA" -> transaction.capabilities(!connection.isTls(), true);
      case "STLS" -> stls();
      case "USER" -> {
        user = utf8(argument);
        yield Reply.ok("send PASS");
      }
      case "PASS" -> enter(Passwords.login(server.accounts(), user, utf8(argument)));
      case "APOP" -> server.hasApop() ? apop(argument) : Reply.error("unknown command");
      case "AUTH" -> auth(argument);
      case "LANG", "UTF8" -> transaction.languages(verb, argument);
      default -> Reply.error("unknown command, or log in first");
    };
  }

  /** Whether TLS is due now that the reply is written. */
  boolean takeStartTls() {
    boolean due = startTls;
    startTls = false;
    return due;
  }

  private Reply stls() {
    if (server.stls() == null || connection.isTls()) {
      return Reply.error("STLS is not possible here");
    }
    startTls = true;
    return Reply.ok("begin TLS");
  }

  private Reply apop(String argument) {
    String[] words = argument.split(" ", -1);
    return words.length == 2
        ? enter(Apop.login(server.accounts(), words[0], timestamp, words[1]))
        : Reply.error("APOP takes a user and a digest");
  }

  private Reply auth(String argument) throws IOException {
    String[] words = argument.split(" ", 2);
    String mechanism = words[0].toUpperCase(Locale.ROOT);
    Optional<Exchange> exchange = Mechanisms.begin(mechanism, server.accounts(), nonces);
    if (exchange.isEmpty() || !server.mechanisms().contains(mechanism)) {
      return Reply.error("unknown mechanism");
    }
    try {
      return exchange(exchange.get(), words.length > 1 ? words[1] : "");
    } catch (IllegalArgumentException e) {
      return Reply.error("cancelled");
    }
  }

  private Reply exchange(Exchange exchange, String initial) throws IOException {
    boolean asks = initial.isEmpty() && !exchange.asksInWords();
    byte[] response = asks ? ask("") : decode(initial);
    Exchange.Turn turn = exchange.next(response);
    while (turn instanceof Exchange.Challenge challenge) {
      turn = exchange.next(ask(challenge.text()));
    }
    return turn instanceof Exchange.Accepted accepted
        ? enter(Optional.of(accepted.account()))
        : Reply.error(REFUSED);
  }

  private byte[] ask(String challenge) throws IOException {
    connection.sendLine("+ " + Base64.getEncoder().encodeToString(challenge.getBytes(UTF_8)));
    String response = connection.readLine(MOST_LINE);
    if (response == null || response.equals("*") || response.length() > MOST_LINE) {
      throw new IllegalArgumentException("cancelled");
    }
    return decode(response);
  }

  private static byte[] decode(String base64) {
    return base64.equals("=") ? new byte[0] : Base64.getDecoder().decode(base64);
  }

  private Reply enter(Optional<Account> account) {
    if (account.isEmpty()) {
      return Reply.error(REFUSED);
    }
    if (!server.sessions().takeLogin(account.get())) {
      return Reply.error("[SYS/TEMP] too many logins");
    }
    if (server.isTooEarly(account.get())) {
      return Reply.error("[LOGIN-DELAY] too soon after the last login");
    }
    return transaction.begin(account.get(), LOCK_PATIENCE)
        ? Reply.ok("maildrop has " + transaction.size() + " messages")
        : Reply.error("[IN-USE] another session has the maildrop");
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }
}
