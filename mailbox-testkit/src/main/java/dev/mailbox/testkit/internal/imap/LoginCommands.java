// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.sasl.Exchange;
import dev.mailbox.testkit.internal.sasl.Mechanisms;
import dev.mailbox.testkit.internal.sasl.Passwords;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** The commands before login (RFC 3501, section 6.2; initial responses of RFC 4959). */
final class LoginCommands {
  private LoginCommands() {}

  /** Who asks to be let in by a command, as far as it says so; else nobody. */
  static String user(ImapCommand command) {
    List<ImapValue> arguments = command.arguments();
    if (command.name().equals("LOGIN") && !arguments.isEmpty()) {
      return utf8(arguments.get(0).text());
    }
    boolean initial = command.name().equals("AUTHENTICATE") && arguments.size() == 2;
    return initial && arguments.get(0).text().equalsIgnoreCase("PLAIN")
        ? Passwords.claimed(arguments.get(1).text())
        : "";
  }

  static String startTls(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    arguments.end();
    if (session.server().tlsContext() == null || session.connection().isTls()) {
      throw Refusal.violation("STARTTLS is not possible here");
    }
    session.due(SessionState.Due.START_TLS);
    return "begin TLS";
  }

  static String login(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String user = utf8(arguments.string());
    String password = utf8(arguments.string());
    arguments.end();
    if (session.server().offers("LOGINDISABLED")) {
      throw Refusal.no(ImapPhrase.LOGIN_DISABLED);
    }
    needPrivacy(session);
    var account = Passwords.login(session.server().accounts(), user, password);
    return session.logIn(account.orElseThrow(() -> Refusal.no(ImapPhrase.LOGIN_REFUSED)), reply);
  }

  static String authenticate(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal, IOException {
    String mechanism = arguments.keyword();
    boolean initial = arguments.hasNext();
    byte[] response = initial ? initial(session, arguments) : new byte[0];
    needPrivacy(session);
    if (!session.server().mechanisms().contains(mechanism)) {
      throw Refusal.no(ImapPhrase.UNKNOWN_MECHANISM);
    }
    Exchange exchange =
        Mechanisms.begin(mechanism, session.server().accounts(), session.nonces())
            .orElseThrow(() -> Refusal.no(ImapPhrase.UNKNOWN_MECHANISM));
    if (initial && !exchange.clientSpeaksFirst()) {
      throw Refusal.violation("with that mechanism the server speaks first");
    }
    if (!initial && !exchange.asksInWords()) {
      response = ask(session, "");
    }
    Exchange.Turn turn = exchange.next(response);
    while (turn instanceof Exchange.Challenge challenge) {
      turn = exchange.next(ask(session, challenge.text()));
    }
    if (turn instanceof Exchange.Accepted accepted) {
      return session.logIn(accepted.account(), reply);
    }
    throw Refusal.no(ImapPhrase.AUTHENTICATION_REFUSED);
  }

  private static void needPrivacy(SessionState session) throws Refusal {
    if (session.server().awaitsTls(session.connection())) {
      throw Refusal.no(ImapPhrase.NEEDS_TLS);
    }
  }

  private static byte[] initial(SessionState session, Arguments arguments) throws Refusal {
    String response = arguments.take().text();
    arguments.end();
    if (!session.server().offers("SASL-IR")) {
      throw Refusal.violation("an initial response without SASL-IR");
    }
    return response.equals("=") ? new byte[0] : decode(response);
  }

  private static byte[] ask(SessionState session, String challenge) throws Refusal, IOException {
    session
        .connection()
        .sendLine("+ " + Base64.getEncoder().encodeToString(challenge.getBytes(UTF_8)));
    String response = session.connection().readLine(CommandReader.MOST_LINE);
    if (response == null || response.equals("*")) {
      throw Refusal.bad("cancelled");
    }
    if (response.length() > CommandReader.MOST_LINE) {
      throw Refusal.violation("the line is too long");
    }
    return decode(response);
  }

  private static byte[] decode(String base64) throws Refusal {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw Refusal.violation("no base64");
    }
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }
}
