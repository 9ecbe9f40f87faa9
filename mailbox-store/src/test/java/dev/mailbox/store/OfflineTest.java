// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.search.Query;
import dev.mailbox.sync.BodyPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineTest {
  private final TestRemote remote = TestRemote.local();
  private Path directory;

  @BeforeEach
  void name(@TempDir Path temporary) {
    directory = temporary;
  }

  @Test
  void everythingThatIsHereCanBeReadAndActedOn() {
    remote.server.deliver(StoreFixture.mail("here", "the text\r\n"));
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
    }
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      var message = StoreFixture.only(mailbox.inbox());
      assertThat(message.content().text()).contains("the text");
      message.mark(Flag.SEEN);
      assertThat(mailbox.inbox().search(Query.text("text")).size()).isEqualTo(1);
      assertThat(mailbox.status().lastSync()).isPresent();
      assertThatThrownBy(mailbox::sync).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(mailbox::check).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(mailbox.inbox()::sync).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void queueCannotBeFlushedWithoutAServer() {
    TestRemote server = TestRemote.onServer();
    server.server.deliver(StoreFixture.mail("here"));
    try (Mailbox mailbox = StoreFixture.open(directory, server)) {
      mailbox.sync();
    }
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
      StoreFixture.only(mailbox.inbox()).mark(Flag.SEEN);
      assertThat(mailbox.status().queuedActions()).isOne();
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isFalse();
    }
  }

  @Test
  void directoryWithoutAStoreIsLeftAsItIs(@TempDir Path empty) throws IOException {
    Path missing = empty.resolve("missing");
    Files.writeString(empty.resolve("x.txt"), "not a store");
    for (Path place : List.of(missing, empty)) {
      assertThatThrownBy(() -> Mailbox.open(MailboxConfig.offline(place).build()))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    }
    assertThat(missing).doesNotExist();
    try (Stream<Path> files = Files.list(empty)) {
      assertThat(files).containsExactly(empty.resolve("x.txt"));
    }
  }

  @Test
  void bodyThatIsNotHereNeedsTheServer() {
    remote.bodies = BodyPolicy.onDemand();
    remote.server.deliver(StoreFixture.mail("header", "needle\r\n"));
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
    }
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      var message = StoreFixture.only(mailbox.inbox());
      assertThat(message.headers().first("Subject")).contains("header");
      assertThatIllegalStateException().isThrownBy(message::content);
      assertThatIllegalStateException().isThrownBy(message::openRaw);
      var result = mailbox.inbox().search(Query.text("needle"));
      assertThat(result.isEmpty()).isTrue();
      assertThat(result.complete()).isFalse();
      assertThat(mailbox.inbox().search(Query.subject("header")).complete()).isTrue();
    }
  }

  @Test
  void searchThatNeedsBodiesFetchesThem() {
    remote.bodies = BodyPolicy.onDemand();
    remote.server.deliver(StoreFixture.mail("header", "needle\r\n"));
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
      assertThat(mailbox.inbox().search(Query.text("needle").localOnly()).complete()).isFalse();
      var result = mailbox.inbox().search(Query.text("needle"));
      assertThat(result.size()).isEqualTo(1);
      assertThat(result.complete()).isTrue();
    }
  }

  @Test
  void prefetchBringsBodiesAhead() {
    remote.bodies = BodyPolicy.onDemand();
    for (int i = 0; i < 30; i++) {
      remote.server.deliver(StoreFixture.mail("m" + i));
    }
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
      assertThat(mailbox.inbox().search(Query.all()).prefetch().stream())
          .hasSize(30)
          .allMatch(dev.mailbox.Message::isDownloaded);
    }
  }
}
