// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.examples.Protocol;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.junit.MailServerTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MailServerTest
class ReproduceFailureTest {

  /** A server whose lists are nonsense, which the mailbox meets under TLS. */
  private static MailboxException failure(FakeMailServer server, Protocol protocol) {
    server.user("carol", "secret").inbox().deliver(mail("hello"));
    server.imap().on("UID FETCH").replyRaw("* 1 FETCH (UID 1 FLAGS (\\Seen\r\n");
    server.pop3().on("UIDL").replyRaw("what?\r\n");
    MailboxConfig config =
        MailboxConfig.at(protocol.secureUrl(server))
            .login("carol", "secret")
            .trust(server.certificates().clientContext())
            .build();
    try (Mailbox mailbox = Mailbox.open(config)) {
      return catchThrowableOfType(MailboxException.class, mailbox::sync);
    }
  }

  private static String scheme(Protocol protocol) {
    return protocol == Protocol.IMAP ? "imaps" : "pop3s";
  }

  @ParameterizedTest
  @EnumSource
  void theSameFailureHappensAgain(Protocol protocol) {
    try (FakeMailServer server = FakeMailServer.start()) {
      MailboxException e = failure(server, protocol);

      assertThat(ReproduceFailure.run(e.transcript(), scheme(protocol)))
          .hasValueSatisfying(
              again -> {
                assertThat(again).isInstanceOf(e.getClass());
                assertThat(again.reason())
                    .isEqualTo(e.reason())
                    .isEqualTo(Reason.PROTOCOL_VIOLATION);
              });
    }
  }

  @Test
  void aProgramThatSaysSomethingElseIsTold() {
    try (FakeMailServer server = FakeMailServer.start()) {
      List<String> lines = new ArrayList<>(failure(server, Protocol.IMAP).transcript());
      lines.replaceAll(line -> line.replace("EXAMINE", "SELECT"));

      assertThatThrownBy(() -> ReproduceFailure.run(lines, "imaps"))
          .hasMessageContaining(" SELECT \"INBOX\"")
          .hasMessageContaining("but was: ");
    }
  }
}
