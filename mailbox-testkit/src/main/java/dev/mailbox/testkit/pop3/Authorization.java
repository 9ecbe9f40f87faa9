// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.pop3;

import dev.mailbox.testkit.internal.sasl.Login;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** The commands before login (RFC 1939, section 4; STLS of RFC 2595; AUTH of RFC 5034). */
final class Authorization {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);
  private static final String REFUSED = "[AUTH] wrong user or password";
  // {"status":"401"} in base64: the challenge that XOAUTH2 and OAUTHBEARER send before the refusal.
  private static final String TOKEN_CHALLENGE = "+ eyJzdGF0dXMiOiI0MDEifQ==";

  private final ScriptedPop3 server;
  private final ScriptedConnection connection;
  private final Transaction transaction;
  private String user = "";
  private boolean startTls;

  Authorization(ScriptedPop3 server, ScriptedConnection connection, Transaction transaction) {
    this.server = server;
    this.connection = connection;
    this.transaction = transaction;
  }

  Reply execute(String verb, String argument) throws IOException {
    return switch (verb) {
      case "CONNECT" -> Reply.ok("testkit ready");
      case "CAPA" -> transaction.capabilities(!connection.isTls());
      case "STLS" -> stls();
      case "USER" -> {
        user = argument;
        yield Reply.ok("send PASS");
      }
      case "PASS" -> enter(server.login().accepts(user, argument));
      case "AUTH" -> auth(argument);
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

  private Reply auth(String argument) throws IOException {
    String[] words = argument.split(" ", 2);
    String mechanism = words[0].toUpperCase(Locale.ROOT);
    if (!(" " + server.login().mechanisms() + " ").contains(" " + mechanism + " ")) {
      return Reply.error("unknown mechanism");
    }
    if (mechanism.equals("LOGIN")) {
      String name = Login.decode(words.length > 1 ? words[1] : ask("+ VXNlcm5hbWU6"));
      String password = Login.decode(ask("+ UGFzc3dvcmQ6"));
      return enter(server.login().accepts(name, password));
    }
    String response = words.length > 1 ? words[1] : ask("+ ");
    return mechanism.equals("PLAIN")
        ? enter(server.login().acceptsPlain(response))
        : token(response);
  }

  private Reply token(String response) throws IOException {
    if (server.login().acceptsToken(response)) {
      return enter(true);
    }
    ask(TOKEN_CHALLENGE);
    return Reply.error(REFUSED);
  }

  private String ask(String challenge) throws IOException {
    connection.sendLine(challenge);
    String response = connection.readLine();
    return response == null ? "" : response;
  }

  private Reply enter(boolean accepted) {
    if (!accepted) {
      return Reply.error(REFUSED);
    }
    return transaction.begin(LOCK_PATIENCE)
        ? Reply.ok("maildrop has " + transaction.size() + " messages")
        : Reply.error("[IN-USE] another session has the maildrop");
  }
}
