// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.mail.MailBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MailServerTest
class InvoicesTest {
  @Test
  void attachmentsAreSaved(FakeMailServer server, @TempDir Path directory) {
    MailBuilder invoice = mail("Invoice 7").from("billing@shop.example");
    server.user("alice", "secret").inbox().deliver(invoice.attachment("7.pdf", 3_000));
    String url = server.imapUrl() + "?tls=none"; // or pop3Url()

    ReadInvoices.run(url, "secret", directory.resolve("mail"), directory);

    assertThat(directory.resolve("7.pdf")).hasSize(3_000);
  }
}
