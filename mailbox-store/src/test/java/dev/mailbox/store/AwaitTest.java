// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.search.Query.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final TestRemote remote = TestRemote.local();
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    mailbox = StoreFixture.open(directory, remote);
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private CompletableFuture<Optional<Message>> inBackground(Duration timeout) {
    return CompletableFuture.supplyAsync(() -> mailbox.inbox().await(subject("x"), timeout));
  }

  @Test
  void messageThatIsHereNeedsNoServer() {
    remote.offline = true;
    StoreFixture.append(mailbox.inbox(), StoreFixture.mail("x"));
    assertThat(mailbox.inbox().await(subject("x"), LONG)).isPresent();
  }

  @Test
  void messageThatComesLaterIsFound() {
    CompletableFuture<Optional<Message>> awaited = inBackground(LONG);
    StoreFixture.await(() -> remote.syncs.get() > 1);
    remote.server.deliver(StoreFixture.mail("x"));
    assertThat(awaited.join()).isPresent();
  }

  @Test
  void nothingIsFoundWhenTheTimeIsUp() {
    assertThat(mailbox.inbox().await(subject("x"), Duration.ofMillis(300))).isEmpty();
    assertThat(mailbox.inbox().await(subject("x"), Duration.ZERO)).isEmpty();
  }

  @Test
  void messageThatComesInTheLastMomentIsSeen() {
    CompletableFuture<Optional<Message>> awaited = inBackground(Duration.ofMillis(600));
    StoreFixture.await(() -> remote.syncs.get() == 2);
    remote.server.deliver(StoreFixture.mail("x"));
    assertThat(awaited.join()).isPresent();
  }

  @Test
  void serverThatWasAwayIsAskedAgain() {
    remote.offline = true;
    remote.server.deliver(StoreFixture.mail("x"));
    CompletableFuture<Optional<Message>> awaited = inBackground(LONG);
    StoreFixture.await(() -> remote.syncs.get() >= 1);
    remote.offline = false;
    assertThat(awaited.join()).isPresent();
  }

  @Test
  void serverThatStaysAwayIsToldWhenTheTimeIsUp() {
    remote.offline = true;
    assertThatThrownBy(() -> mailbox.inbox().await(subject("x"), Duration.ofMillis(300)))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
  }

  @Test
  void closeEndsTheWait() {
    CompletableFuture<Optional<Message>> awaited = inBackground(LONG);
    StoreFixture.await(() -> remote.syncs.get() == 1);
    mailbox.close();
    assertThatThrownBy(awaited::join)
        .cause()
        .isInstanceOfAny(ConnectionException.class, IllegalStateException.class);
  }
}
