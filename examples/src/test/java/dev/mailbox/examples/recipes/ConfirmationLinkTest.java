// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@MailServerTest
class ConfirmationLinkTest {
  @Test
  void takesTheLinkOfTheMailThatComesAfterTheSignUp(FakeMailServer server) throws Exception {
    ServerFolder inbox = server.user("test", "secret").inbox();
    Instant start = Instant.now();
    inbox.deliver(
        mail("Confirm").to("new@shop.example").text("Old: https://shop.example/confirm?t=old\n"));
    MailboxConfig config =
        MailboxConfig.at(server.pop3sUrl())
            .login("test", "secret")
            .trust(server.certificates().clientContext())
            .build();
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<URI> link =
          CompletableFuture.supplyAsync(
              () -> ConfirmationLink.await(config, "new@shop.example", start), waiting);
      inbox.deliver(
          mail("Confirm")
              .to("new@shop.example")
              .date(Instant.now().atZone(ZoneOffset.UTC))
              .text("Welcome!\n\nPlease confirm: <https://shop.example/confirm?t=42>\n"));

      assertThat(link.get(30, TimeUnit.SECONDS))
          .isEqualTo(URI.create("https://shop.example/confirm?t=42"));
    } finally {
      waiting.shutdown();
    }
    assertThat(inbox.count()).isEqualTo(2);
  }
}
