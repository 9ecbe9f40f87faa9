// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.assertj.MailAssertions.assertThat;
import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.MailboxConfig;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Profile;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.mail.Fixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MailServerTest
class MakeTicketsTest {
  @TempDir private Path directory;
  private final List<String> tickets = new ArrayList<>();

  private MailboxConfig config(FakeMailServer server, FakeAccount user) {
    return MailboxConfig.at(server.imapsUrl()) // or pop3sUrl()
        .login(user.name(), user.password())
        .trust(server.certificates().clientContext())
        .keepIn(directory.resolve("mail"))
        .build();
  }

  @Test
  void eachMailBecomesOneTicket(FakeMailServer server, FakeAccount alice) {
    alice.inbox().deliver(mail("Printer on fire"));

    MakeTickets.run(config(server, alice), tickets::add);
    MakeTickets.run(config(server, alice), tickets::add);

    assertThat(tickets).containsExactly("Printer on fire");
    assertThat(alice.inbox()).onlyMessage().isSeen();
    assertThat(server).neverHeard("EXPUNGE").hasNoOpenConnections();
  }

  @Test
  void cutConnectionLosesNoMail(FakeMailServer server, FakeAccount alice) {
    alice.inbox().deliver(mail("Printer on fire").attachment("fire.jpg", 100_000));
    server.imap().on("UID FETCH").nth(2).closeAfter(50_000);

    MakeTickets.run(config(server, alice), tickets::add);

    assertThat(tickets).containsExactly("Printer on fire");
    assertThat(server).hasConnections(2);
  }

  @Test
  void passwordThatWasChangedIsToldSo(FakeMailServer server, FakeAccount alice) {
    MailboxConfig config = config(server, alice);
    server.user(alice.name(), "changed");

    assertThatThrownBy(() -> MakeTickets.run(config, tickets::add))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  @MailServerTest(Profile.GMAIL)
  void labelsAreNoSecondTicket(FakeMailServer server, FakeAccount alice) {
    alice.inbox().deliver(mail("Printer on fire"));

    MakeTickets.run(config(server, alice), tickets::add);

    assertThat(tickets).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void noMailStopsIt(Fixture fixture, FakeMailServer server, FakeAccount alice) {
    alice.inbox().deliver(fixture.raw());
    alice.inbox().deliver(mail("Printer on fire"));

    MakeTickets.run(config(server, alice), tickets::add);

    assertThat(tickets).hasSize(2).contains("Printer on fire");
  }
}
