// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.examples.Protocol;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MailServerTest
class ConfirmationLinkTest {
  @ParameterizedTest
  @EnumSource
  void takesTheLinkOfTheMailThatComesAfterTheSignUp(Protocol protocol, FakeMailServer server)
      throws Exception {
    ServerFolder inbox = server.user("test", "secret").inbox();
    Instant start = Instant.now();
    deliverEarlier(server, start.minus(Duration.ofHours(1)));
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<URI> link =
          CompletableFuture.supplyAsync(
              () ->
                  ConfirmationLink.await(
                      protocol.at(server, "test").build(), "new@shop.example", start),
              waiting);
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

  /** IMAP servers note when a mail arrived, whatever its header says; an append may tell. */
  private static void deliverEarlier(FakeMailServer server, Instant at) {
    byte[] raw =
        mail("Confirm")
            .to("new@shop.example")
            .date(at.atZone(ZoneOffset.UTC))
            .text("Old: https://shop.example/confirm?t=old\n")
            .build();
    try (Mailbox mailbox = Mailbox.open(Protocol.IMAP.at(server, "test").build())) {
      mailbox.inbox().append(new ByteArrayInputStream(raw), at, Set.of());
    }
  }
}
