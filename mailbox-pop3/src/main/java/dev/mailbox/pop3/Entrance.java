// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.MailboxConfig;
import dev.mailbox.connect.Credentials;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.wire.ConnectOptions;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.Endpoint;
import dev.mailbox.wire.Limits;
import dev.mailbox.wire.Sasl;
import dev.mailbox.wire.Security;
import dev.mailbox.wire.Timeouts;
import dev.mailbox.wire.WireException;
import java.time.Duration;
import java.util.Optional;

/**
 * The way into a maildrop: greeting, CAPA, STLS where it is required, CAPA again, UTF8 where it is
 * offered, login, CAPA again. Nothing that was said before TLS is believed after it.
 */
final class Entrance {
  private final MailboxConfig config;
  private final Credentials credentials;

  Entrance(MailboxConfig config) {
    this.config = config;
    this.credentials = config.credentials().orElseThrow();
  }

  /** A connection that is not made yet. */
  Connection connection() {
    var options =
        ConnectOptions.to(new Endpoint(config.host(), config.port(), security()))
            .timeouts(timeouts())
            .limits(Limits.forPop3())
            // Only a configuration that was built with the risk in view has this mode.
            .allowCleartextSecrets(config.tlsMode() == TlsMode.NONE);
    config.sslContext().ifPresent(options::sslContext);
    config.proxy().ifPresent(options::proxy);
    return Connection.to(options.build());
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

  /**
   * Connects and logs in.
   *
   * @param token for OAuth, the token to show; empty for a password
   * @throws dev.mailbox.MailboxException if the server says no
   */
  void enter(Pop3Session session, String token) throws WireException {
    Status greeting = session.connect();
    if (!greeting.isOk()) {
      throw Failures.greeting(session.connection(), greeting);
    }
    session.capabilities(Capa.ask(session));
    if (config.tlsMode() == TlsMode.STARTTLS) {
      startTls(session);
    }
    Utf8.ask(session);
    Status status = login(session, token);
    if (!status.isOk()) {
      throw Failures.login(session.connection(), credentials.user(), status);
    }
    if (session.capabilities().known()) {
      session.capabilities(Capa.ask(session));
    }
  }

  private static void startTls(Pop3Session session) throws WireException {
    boolean offered = session.capabilities().mayOffer("STLS");
    if (!offered || !Stls.ask(session).isOk()) {
      throw Failures.noTls(session.connection());
    }
    session.capabilities(Capa.ask(session));
  }

  private Status login(Pop3Session session, String token) throws WireException {
    Optional<Sasl> mechanism = mechanism(session, token);
    if (mechanism.isPresent()) {
      session.mechanism(mechanism.get().name());
      return Auth.login(session, mechanism.get());
    }
    if (credentials instanceof Credentials.Password password && takesApop(session)) {
      session.mechanism("APOP");
      String timeStamp = session.timeStamp().orElseThrow();
      return Apop.login(session, timeStamp, password.user(), password.password());
    }
    if (credentials instanceof Credentials.Password password && takesUser(session)) {
      session.mechanism("USER/PASS");
      return UserPass.login(session, password.user(), password.password());
    }
    throw Failures.noMechanism(session.connection());
  }

  /** Whether APOP is all that there is, within TLS. */
  private static boolean takesApop(Pop3Session session) {
    Capabilities capabilities = session.capabilities();
    return session.timeStamp().isPresent()
        && session.connection().tlsSession().isPresent()
        && capabilities.known()
        && !capabilities.offers("USER");
  }

  /** Whether USER is worth a try: it is offered, or the server is silent on how to log in. */
  private static boolean takesUser(Pop3Session session) {
    Capabilities capabilities = session.capabilities();
    return capabilities.mayOffer("USER") || !capabilities.offersSasl();
  }

  private Optional<Sasl> mechanism(Pop3Session session, String token) {
    Capabilities offered = session.capabilities();
    String user = credentials.user();
    if (credentials instanceof Credentials.Password secret) {
      if (offered.offersMechanism("PLAIN")) {
        return Optional.of(Sasl.plain(user, secret.password()));
      }
      return offered.offersMechanism("LOGIN")
          ? Optional.of(Sasl.login(user, secret.password()))
          : Optional.empty();
    }
    if (offered.offersMechanism("OAUTHBEARER")) {
      return Optional.of(Sasl.oauthBearer(user, token, session.connection().options().endpoint()));
    }
    return offered.offersMechanism("XOAUTH2")
        ? Optional.of(Sasl.xoauth2(user, token))
        : Optional.empty();
  }
}
