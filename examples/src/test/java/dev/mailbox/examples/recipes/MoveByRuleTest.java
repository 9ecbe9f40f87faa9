// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.search.Query.from;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.examples.Protocol;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerAccount;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MailServerTest
class MoveByRuleTest {
  private static final FolderPath BILLS = FolderPath.of("Bills");
  private static final FolderPath LISTS = FolderPath.of("Lists");
  private static final List<MoveByRule.Rule> RULES =
      List.of(
          new MoveByRule.Rule(from("billing@"), BILLS),
          new MoveByRule.Rule(subject("digest"), LISTS));

  @ParameterizedTest
  @EnumSource
  void theFirstRuleThatFitsMovesAMessage(
      Protocol protocol, FakeMailServer server, @TempDir Path directory) {
    ServerAccount alice = server.user("alice", "secret");
    ServerFolder inbox = alice.inbox();
    inbox.deliver(mail("Invoice").from("billing@shop.example"));
    inbox.deliver(mail("Digest of bills").from("billing@shop.example"));
    inbox.deliver(mail("Digest").from("list@example.org"));
    inbox.deliver(mail("Lunch?").from("bob@example.org"));

    try (Mailbox mailbox = Mailbox.open(protocol.at(server, "alice").keepIn(directory).build())) {
      assertThat(MoveByRule.run(mailbox, RULES)).isTrue();
      assertThat(MoveByRule.run(mailbox, RULES)).as("nothing is left to do").isTrue();

      assertThat(subjects(mailbox, BILLS)).containsExactlyInAnyOrder("Invoice", "Digest of bills");
      assertThat(subjects(mailbox, LISTS)).containsExactly("Digest");
      assertThat(subjects(mailbox, FolderPath.INBOX)).containsExactly("Lunch?");
    }
    assertThat(inbox.count()).isEqualTo(protocol.left(1));
    assertThat(alice.folder("Bills").count()).isEqualTo(protocol.left(2));
  }

  private static List<String> subjects(Mailbox mailbox, FolderPath folder) {
    return mailbox.folder(folder).orElseThrow().newest(10).stream()
        .map(Message::envelope)
        .map(envelope -> envelope.subject())
        .toList();
  }
}
