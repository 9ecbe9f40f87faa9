// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.delivery.Receiver;
import dev.mailbox.sync.Removal;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.mail.MailFixtures;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverTest {
  @Test
  void serverThatAdmitsNoSecondLoginFailsNoHandling(@TempDir Path directory) {
    try (FakeMailServer server = CommonServer.start()) {
      CommonServer.alice(server).inbox().deliver(MailFixtures.mail("one"));
      server.pop3().loginDelay(Duration.ofMinutes(5));
      MailboxConfig config =
          MailboxConfig.at(server.pop3Url() + "?tls=none")
              .login("alice", "secret")
              .keepIn(directory)
              .removal(Removal.afterHandled())
              .build();

      try (Mailbox mailbox = Mailbox.open(config);
          Receiver receiver = mailbox.receiver("tickets")) {
        assertThat(receiver.handlePending(delivery -> {})).isEqualTo(1);
        assertThat(server.pop3().count("RETR")).isEqualTo(1);
        assertThat(mailbox.status().lastProblem()).isPresent();
      }
    }
  }
}
