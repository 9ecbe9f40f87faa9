// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import dev.mailbox.testkit.internal.sasl.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The commands before login (RFC 3501, section 6.2; initial responses of RFC 4959). */
final class LoginCommands {
  private static final String REFUSED = "[AUTHENTICATIONFAILED] wrong user or password";
  // {"status":"401"} in base64: the challenge that XOAUTH2 and OAUTHBEARER send before the refusal.
  private static final String TOKEN_CHALLENGE = "eyJzdGF0dXMiOiI0MDEifQ==";

  private LoginCommands() {}

  static String startTls(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    arguments.end();
    if (session.server().tlsContext() == null || session.connection().isTls()) {
      throw Refusal.bad("STARTTLS is not possible here");
    }
    session.startTls();
    return "begin TLS";
  }

  static String login(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String user = utf8(arguments.string());
    String password = utf8(arguments.string());
    arguments.end();
    if (session.server().offers("LOGINDISABLED")) {
      throw Refusal.no("[PRIVACYREQUIRED] not by LOGIN");
    }
    return enter(session, session.server().login().accepts(user, password));
  }

  static String authenticate(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal, IOException {
    Login login = session.server().login();
    String mechanism = arguments.keyword();
    boolean initial = arguments.hasNext();
    String response = initial ? initial(session, arguments) : "";
    if (!Set.of(login.mechanisms().split(" ", -1)).contains(mechanism)) {
      throw Refusal.no("[CANNOT] unknown mechanism");
    }
    if (mechanism.equals("LOGIN")) {
      String user = Login.decode(initial ? response : ask(session, "VXNlcm5hbWU6"));
      String password = Login.decode(ask(session, "UGFzc3dvcmQ6"));
      return enter(session, login.accepts(user, password));
    }
    if (!initial) {
      response = ask(session, "");
    }
    if (mechanism.equals("PLAIN")) {
      return enter(session, login.acceptsPlain(response));
    }
    boolean accepted = login.acceptsToken(response);
    if (!accepted) {
      String unused = ask(session, TOKEN_CHALLENGE);
    }
    return enter(session, accepted);
  }

  private static String initial(SessionState session, Arguments arguments) throws Refusal {
    String response = arguments.take().text();
    arguments.end();
    if (!session.server().offers("SASL-IR")) {
      throw Refusal.violation("an initial response without SASL-IR");
    }
    return response.equals("=") ? "" : response;
  }

  private static String ask(SessionState session, String challenge) throws Refusal, IOException {
    session.connection().sendLine("+ " + challenge);
    String response = session.connection().readLine();
    if (response == null || response.equals("*")) {
      throw Refusal.bad("cancelled");
    }
    return response;
  }

  private static String enter(SessionState session, boolean accepted) throws Refusal {
    if (!accepted) {
      throw Refusal.no(REFUSED);
    }
    return session.logIn();
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
