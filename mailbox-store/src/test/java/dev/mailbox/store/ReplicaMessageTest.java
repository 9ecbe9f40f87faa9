// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MessageGoneException;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.sync.BodyPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaMessageTest {
  private static final int CHUNK = 256 << 10;
  private final TestRemote remote = TestRemote.local();

  @ParameterizedTest
  @ValueSource(ints = {1, 170, 5000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 << 20})
  void messageIsStoredByteForByte(int size, @TempDir Path directory) {
    String text = StoreFixture.mailOfSize("sized", size);
    remote.server.deliver(text);
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();

      var message = StoreFixture.only(mailbox.inbox());
      assertThat(message.sizeInBytes()).isEqualTo(size);
      assertThat(StoreFixture.raw(message)).isEqualTo(text);
      assertThat(mailbox.verify().isSound()).isTrue();
    }
  }

  @Test
  void emptyMessageIsStored(@TempDir Path directory) {
    remote.server.deliver("");
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();

      var message = StoreFixture.only(mailbox.inbox());
      assertThat(message.isDownloaded()).isTrue();
      assertThat(StoreFixture.raw(message)).isEmpty();
      assertThat(message.content().text()).isEmpty();
    }
  }

  @Test
  void bodyIsFetchedOnFirstReadingAndKept(@TempDir Path directory) {
    String text = StoreFixture.mailOfSize("later", 3 * CHUNK + 7);
    remote.server.deliver(text);
    remote.bodies = BodyPolicy.onDemand();
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
      var header = StoreFixture.only(mailbox.inbox());
      assertThat(header.isDownloaded()).isFalse();
      assertThat(header.sizeInBytes()).isEqualTo(text.length());
      assertThat(header.headers().first("Subject")).contains("later");
      assertThat(mailbox.inbox().counts().notDownloaded()).isEqualTo(1);

      assertThat(StoreFixture.raw(header)).isEqualTo(text);

      remote.offline = true;
      var whole = mailbox.find(header.id()).orElseThrow();
      assertThat(whole.isDownloaded()).isTrue();
      assertThat(StoreFixture.raw(whole)).isEqualTo(text);
      assertThat(whole.contentId()).isEqualTo(header.contentId());
      assertThat(StoreFixture.kinds(mailbox, FeedPosition.START))
          .containsExactly("Arrived", "BodyArrived");
    }
  }

  @Test
  void bodyThatTheServerLostIsGone(@TempDir Path directory) {
    String key = remote.server.deliver(StoreFixture.mail("lost"));
    remote.bodies = BodyPolicy.onDemand();
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
      remote.server.remove(FolderPath.INBOX, key);

      var message = StoreFixture.only(mailbox.inbox());
      assertThatThrownBy(message::content).isInstanceOf(MessageGoneException.class);
    }
  }

  @Test
  void secondSyncBringsNothingTwice(@TempDir Path directory) {
    remote.server.deliver(StoreFixture.mail("one"));
    remote.server.deliver(StoreFixture.mail("two"));
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      assertThat(mailbox.sync().downloaded()).isEqualTo(2);
      assertThat(mailbox.sync().downloaded()).isZero();

      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  void equalBytesUnderTwoKeysShareTheirContent(@TempDir Path directory) {
    String text = StoreFixture.mail("twin");
    remote.server.deliver(text);
    remote.server.deliver(text);
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();

      var messages = mailbox.inbox().newest(10);
      assertThat(messages).hasSize(2);
      assertThat(messages.get(0).contentId()).isEqualTo(messages.get(1).contentId());
      messages.get(0).delete();
      assertThat(StoreFixture.raw(StoreFixture.only(mailbox.inbox()))).isEqualTo(text);
    }
  }

  @Test
  void equalHeadersWithOtherBodiesAreOtherContents(@TempDir Path directory) {
    remote.server.deliver(StoreFixture.mail("same", "one\r\n"));
    remote.server.deliver(StoreFixture.mail("same", "two\r\n"));
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();

      var messages = mailbox.inbox().newest(10);
      assertThat(messages.get(0).contentId()).isNotEqualTo(messages.get(1).contentId());
      assertThat(messages).extracting(StoreFixture::raw).doesNotHaveDuplicates();
    }
  }

  @Test
  void unlistedMessageStaysIfItIsWhole(@TempDir Path directory) {
    String key = remote.server.deliver(StoreFixture.mail("mine"));
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
      remote.server.remove(FolderPath.INBOX, key);
      mailbox.sync();

      assertThat(mailbox.inbox().counts().total()).isEqualTo(1);
    }
  }

  @Test
  void unlistedMessageGoesIfOnlyItsHeaderIsHere(@TempDir Path directory) {
    String key = remote.server.deliver(StoreFixture.mail("theirs"));
    remote.bodies = BodyPolicy.onDemand();
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
      remote.server.remove(FolderPath.INBOX, key);
      mailbox.sync();

      assertThat(mailbox.inbox().counts().total()).isZero();
      assertThat(StoreFixture.kinds(mailbox, FeedPosition.START))
          .containsExactly("Arrived", "Removed");
    }
  }

  @Test
  void serverLosesWhatWasDeletedHere(@TempDir Path directory) {
    remote.server.deliver(StoreFixture.mail("spam"));
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
      StoreFixture.only(mailbox.inbox()).delete();
      assertThat(mailbox.status().pendingRemovals()).isEqualTo(1);
      mailbox.sync();

      assertThat(remote.server.inbox()).isEmpty();
      assertThat(mailbox.inbox().counts().total()).isZero();
      assertThat(mailbox.status().pendingRemovals()).isZero();
    }
  }
}
