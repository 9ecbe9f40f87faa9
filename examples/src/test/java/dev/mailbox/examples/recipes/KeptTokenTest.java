// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.assertj.MailAssertions.assertThat;
import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.examples.Protocol;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.junit.MailServerTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to a program when its access tokens end. */
@MailServerTest
class KeptTokenTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicInteger issued = new AtomicInteger();

  /** An identity provider whose tokens are good for an hour of the server's time. */
  private Supplier<String> providerFor(FakeAccount user) {
    return () -> {
      String token = "token-" + issued.incrementAndGet();
      user.token(token, HOUR);
      return token;
    };
  }

  private static Mailbox open(
      Protocol protocol, FakeMailServer server, FakeAccount user, Supplier<String> provider) {
    return Mailbox.open(
        MailboxConfig.at(protocol.secureUrl(server))
            .oauth(user.name(), new KeptToken(provider))
            .trust(server.certificates().clientContext())
            .build());
  }

  @ParameterizedTest
  @EnumSource
  void tokenIsKeptUntilItHasExpired(Protocol protocol, FakeMailServer server, FakeAccount alice) {
    alice.inbox().deliver(mail("first"));
    try (Mailbox mailbox = open(protocol, server, alice, providerFor(alice))) {
      mailbox.sync();
      mailbox.sync();
      assertThat(issued).hasValue(1);

      server.clock().advance(HOUR.multipliedBy(2));
      alice.endSessions();
      alice.inbox().deliver(mail("second"));
      mailbox.sync();

      assertThat(issued).hasValue(2);
      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
    assertThat(server).hasNoOpenConnections();
  }

  @ParameterizedTest
  @EnumSource
  void userWhoTookTheConsentBackIsTold(
      Protocol protocol, FakeMailServer server, FakeAccount alice) {
    Supplier<String> refused = () -> "refused-" + issued.incrementAndGet();
    try (Mailbox mailbox = open(protocol, server, alice, refused)) {
      assertThatThrownBy(mailbox::sync)
          .isInstanceOfSatisfying(
              AuthenticationException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED));
    }
    assertThat(issued).as("once more, and no further").hasValue(2);
  }
}
