// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.mail.MailBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

@MailServerTest
class ConfirmationLinkTest {
  private static MailBuilder confirmation(String text) {
    return mail("Confirm").to("new@shop.example").text(text);
  }

  /** Lets a mail of an earlier sign-up arrive, and that of this one while it is waited for. */
  private static URI link(MailboxConfig config, BiConsumer<byte[], Instant> inbox)
      throws Exception {
    Instant start = Instant.now();
    inbox.accept(
        confirmation("Old: https://shop.example/confirm?t=old\n").build(),
        start.minusSeconds(3600));
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<URI> link =
          CompletableFuture.supplyAsync(
              () -> ConfirmationLink.await(config, "new@shop.example", start), waiting);
      inbox.accept(
          confirmation("Welcome!\n\nPlease confirm: <https://shop.example/confirm?t=42>\n")
              .date(Instant.now().atZone(ZoneOffset.UTC))
              .build(),
          Instant.now());
      return link.get(40, TimeUnit.SECONDS);
    } finally {
      waiting.shutdown();
    }
  }

  @Test
  void takesTheLinkOfTheMailThatComesAfterTheSignUp(FakeMailServer server) throws Exception {
    ServerFolder inbox = server.user("test", "secret").inbox();
    MailboxConfig config =
        MailboxConfig.at(server.pop3sUrl())
            .login("test", "secret")
            .trust(server.certificates().clientContext())
            .build();

    assertThat(link(config, inbox::deliver))
        .isEqualTo(URI.create("https://shop.example/confirm?t=42"));
    assertThat(inbox.count()).isEqualTo(2);
  }

  @Test
  void overImapOnlyThatMailIsDownloaded(FakeMailServer server) throws Exception {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    MailboxConfig config =
        MailboxConfig.at(server.imapUrl() + "?tls=none").login("alice", "secret").build();

    assertThat(link(config, inbox::deliver))
        .isEqualTo(URI.create("https://shop.example/confirm?t=42"));
    assertThat(server.imap().lines())
        .filteredOn(line -> line.contains("BODY.PEEK[]"))
        .singleElement()
        .asString()
        .contains("UID FETCH 2 ");
  }
}
