// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.connect;

import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.Credentials;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.imap.internal.command.Authenticate;
import dev.mailbox.imap.internal.command.Capability;
import dev.mailbox.imap.internal.command.Id;
import dev.mailbox.imap.internal.command.Login;
import dev.mailbox.imap.internal.command.StartTls;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.ConnectOptions;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.Endpoint;
import dev.mailbox.wire.Limits;
import dev.mailbox.wire.Sasl;
import dev.mailbox.wire.Security;
import dev.mailbox.wire.Timeouts;
import dev.mailbox.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The way in: greeting, STARTTLS where it is required, login, and what the server can do then.
 * Nothing that was said before TLS is believed after it, and a server that takes a connection in
 * clear text for one that is logged in already is left (RFC 9051 section 7.1.4).
 */
final class Entrance {
  private final MailboxConfig config;
  private final Credentials credentials;

  Entrance(MailboxConfig config) {
    this.config = config;
    this.credentials = config.credentials().orElseThrow();
  }

  /** Takes a session that is about to be used, so that it can be closed from elsewhere. */
  interface Opening {
    void opening(ImapSession session);
  }

  /**
   * A session that is logged in.
   *
   * @throws MailboxException if the server says no
   */
  ImapSession enter(Opening opening) throws WireException {
    return credentials instanceof Credentials.OAuth oauth
        ? enter(oauth, opening)
        : enter("", opening);
  }

  /** A refused token is shown to its source once, which may have a better one. */
  private ImapSession enter(Credentials.OAuth oauth, Opening opening) throws WireException {
    String token = token(oauth, Optional.empty());
    try {
      return enter(token, opening);
    } catch (AuthenticationException e) {
      if (e.reason() != Reason.AUTHENTICATION_FAILED) {
        throw e;
      }
      String next = token(oauth, Optional.of(token));
      if (next.equals(token)) {
        throw e;
      }
      return enter(next, opening);
    }
  }

  private static String token(Credentials.OAuth oauth, Optional<String> refused) {
    try {
      return oauth.tokens().token(refused);
    } catch (MailboxException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Failures.noToken(e);
    }
  }

  private ImapSession enter(String token, Opening opening) throws WireException {
    ImapSession session = new ImapSession(Connection.to(options()));
    boolean entered = false;
    try {
      opening.opening(session);
      enter(session, token);
      entered = true;
      return session;
    } finally {
      if (!entered) {
        session.connection().releaseBuffers();
        session.close();
      }
    }
  }

  private ConnectOptions options() {
    var options =
        ConnectOptions.to(new Endpoint(config.host(), config.port(), security()))
            .timeouts(timeouts())
            .limits(Limits.forImap())
            // Only a configuration that was built with the risk in view has this mode.
            .allowCleartextSecrets(config.tlsMode() == TlsMode.NONE);
    config.sslContext().ifPresent(options::sslContext);
    config.proxy().ifPresent(options::proxy);
    return options.build();
  }

  private Security security() {
    return switch (config.tlsMode()) {
      case IMPLICIT -> Security.IMPLICIT_TLS;
      case STARTTLS -> Security.STARTTLS_REQUIRED;
      case NONE -> Security.NONE;
    };
  }

  private Timeouts timeouts() {
    return Timeouts.builder()
        .connect(config.timeouts().connect())
        .greeting(config.timeouts().greeting())
        .handshake(config.timeouts().tls())
        .reply(config.timeouts().reply())
        .progressBytes(bytesAtOneASecond(config.timeouts().reply()))
        .build();
  }

  /** At most a day's worth, as a timeout is. */
  private static int bytesAtOneASecond(Duration window) {
    return (int) Math.max(1, window.toSeconds());
  }

  private void enter(ImapSession session, String token) throws WireException {
    Status greeting = session.connect();
    switch (greeting.kind()) {
      case OK -> {}
      case PREAUTH -> {
        if (config.tlsMode() == TlsMode.STARTTLS) {
          throw Failures.noTls(
              session.connection(), "the server says that it is logged in already");
        }
      }
      default -> throw Failures.greeting(session.connection(), greeting);
    }
    if (config.tlsMode() == TlsMode.STARTTLS) {
      startTls(session);
    }
    if (greeting.kind() == Status.Kind.PREAUTH) {
      session.mechanism("PREAUTH");
    } else {
      login(session, token);
    }
    Capability.confirm(session);
    Id.ahead(session);
  }

  private static void startTls(ImapSession session) throws WireException {
    // What is offered in clear text counts for nothing; the server's answer does.
    session.forgetCapabilities();
    if (!StartTls.ask(session).isOk()) {
      throw Failures.noTls(session.connection(), "the server does not offer it (STARTTLS)");
    }
  }

  private void login(ImapSession session, String token) throws WireException {
    Capability.ensure(session);
    Optional<Sasl> mechanism = mechanism(session, token);
    Status status;
    if (mechanism.isPresent()) {
      session.mechanism(mechanism.get().name());
      status = Authenticate.login(session, mechanism.get());
    } else if (credentials instanceof Credentials.Password password
        && !session.capabilities().offers("LOGINDISABLED")) {
      session.mechanism("LOGIN");
      status = Login.login(session, password.user(), password.password());
    } else {
      throw Failures.noMechanism(session.connection());
    }
    if (!status.isOk()) {
      throw Failures.login(session.connection(), credentials.user(), status);
    }
  }

  private Optional<Sasl> mechanism(ImapSession session, String token) {
    if (credentials instanceof Credentials.Password password) {
      return mechanism(session, password);
    }
    String user = credentials.user();
    if (session.capabilities().offers("AUTH=OAUTHBEARER")) {
      return Optional.of(Sasl.oauthBearer(user, token, session.connection().options().endpoint()));
    }
    return session.capabilities().offers("AUTH=XOAUTH2")
        ? Optional.of(Sasl.xoauth2(user, token))
        : Optional.empty();
  }

  /** PLAIN where it costs no round trip more than LOGIN, where LOGIN is not to be had or unfit. */
  private static Optional<Sasl> mechanism(ImapSession session, Credentials.Password password) {
    var offered = session.capabilities();
    boolean login = !offered.offers("LOGINDISABLED") && isAscii(password);
    if (offered.offers("AUTH=PLAIN") && (offered.saslIr() || !login)) {
      return Optional.of(Sasl.plain(password.user(), password.password()));
    }
    return !login && offered.offers("AUTH=LOGIN")
        ? Optional.of(Sasl.login(password.user(), password.password()))
        : Optional.empty();
  }

  private static boolean isAscii(Credentials.Password password) {
    var ascii = StandardCharsets.US_ASCII.newEncoder();
    return ascii.canEncode(password.user()) && ascii.canEncode(password.password());
  }
}
