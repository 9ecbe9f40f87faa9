// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.examples.Protocol;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MailServerTest
class ReadInvoicesTest {
  private final Path directory;

  ReadInvoicesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @EnumSource
  void savesEachInvoiceOnceAndMarksItAsRead(Protocol protocol, FakeMailServer server) {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    byte[] invoice = "invoice".getBytes(StandardCharsets.UTF_8);
    inbox.deliver(mail("Invoice").from("billing@shop.example").attachment("17.pdf", invoice));
    inbox.deliver(mail("Photo").from("bob@example.org").attachment("photo.jpg", 100));
    Path mail = directory.resolve("mail");
    Path invoices = directory.resolve("invoices");

    ReadInvoices.run(protocol.url(server), "secret", mail, invoices);
    ReadInvoices.run(protocol.url(server), "secret", mail, invoices);

    assertThat(invoices.toFile().list()).containsExactly("17.pdf");
    assertThat(invoices.resolve("17.pdf")).hasBinaryContent(invoice);
    assertThat(inbox.count()).isEqualTo(protocol.left(2));
    try (Mailbox mailbox = Mailbox.open(MailboxConfig.offline(mail).build())) {
      assertThat(mailbox.inbox().newest(10))
          .allSatisfy(
              m -> assertThat(m.has(Flag.SEEN)).isEqualTo(m.envelope().subject().equals("Invoice")))
          .hasSize(2);
    }
  }
}
