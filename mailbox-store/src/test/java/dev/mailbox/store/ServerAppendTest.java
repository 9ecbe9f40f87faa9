// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.store.ServerFixture.INBOX;
import static dev.mailbox.store.ServerFixture.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ActionMode;
import dev.mailbox.Appended;
import dev.mailbox.FailedAction;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.search.Query;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are put into a folder of the server. */
class ServerAppendTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String DRAFT = StoreFixture.mail("draft", "a needle\r\n");
  private ServerFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = new ServerFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Appended append(String text, Flag... flags) {
    return fixture
        .mailbox
        .folder(WORK)
        .orElseThrow()
        .append(StoreFixture.stream(text), StoreFixture.NOON, Set.of(flags));
  }

  private RemoteAction.Append sent() {
    return fixture.actions.applied.stream()
        .filter(RemoteAction.Append.class::isInstance)
        .map(RemoteAction.Append.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void messageIsOnTheServerAndHere() throws Exception {
    String text = StoreFixture.mailOfSize("large", 700_001);
    Appended appended = append(text, Flag.DRAFT, Flag.keyword("k"));
    assertThat(appended.outcome()).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.serverFlags("large"))
        .containsExactlyInAnyOrder(Flag.DRAFT, Flag.keyword("k"));
    assertThat(sent().receivedAt()).isEqualTo(StoreFixture.NOON);
    assertThat(sent().message().sizeInBytes()).isEqualTo(text.length());
    byte[] header =
        text.substring(0, text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.US_ASCII);
    assertThat(sent().message().headerHash())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(header));
    Message message = fixture.mailbox.find(appended.id()).orElseThrow();
    assertThat(message.residence()).isEqualTo(Residence.SERVER);
    assertThat(message.serverId()).isPresent();
    assertThat(StoreFixture.raw(message)).isEqualTo(text);
    FeedPosition before = fixture.mailbox.lastChange();
    fixture.mailbox.sync();
    assertThat(StoreFixture.kinds(fixture.mailbox, before)).isEmpty();
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  @Test
  void messageWhoseKeyIsNotToldIsFoundByTheNextListing() {
    fixture.actions.answer(
        action -> {
          fixture.remote.server.perform(action);
          return new ActionResult.Done(Map.of());
        });
    Appended appended = append(DRAFT);
    fixture.mailbox.sync();
    assertThat(fixture.total(WORK)).isEqualTo(1);
    assertThat(fixture.mailbox.find(appended.id()).orElseThrow().mark(Flag.SEEN))
        .isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.serverFlags("draft")).containsExactly(Flag.SEEN);
  }

  @Test
  void messageAppendedOfflineIsThereInFullAndFollowedByItsActions() {
    fixture.goOffline();
    Appended appended = append(DRAFT, Flag.DRAFT);
    assertThat(appended.outcome()).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.mailbox.search(Query.text("needle").localOnly()).size()).isEqualTo(1);
    assertThat(StoreFixture.raw(fixture.message("draft"))).isEqualTo(DRAFT);
    assertThat(fixture.message("draft").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.message("draft").moveTo(INBOX)).isEqualTo(Outcome.QUEUED);
    fixture.reopen();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.mailbox.failedActions()).isEmpty();
    assertThat(fixture.serverFlags("draft")).containsExactlyInAnyOrder(Flag.DRAFT, Flag.SEEN);
    assertThat(fixture.onServer(WORK)).isZero();
    fixture.mailbox.sync();
    assertThat(fixture.message("draft").id()).isEqualTo(appended.id());
    assertThat(fixture.total(INBOX)).isEqualTo(4);
  }

  @Test
  void messageDeletedBeforeItWasSentIsNowhere() {
    fixture.goOffline();
    append(DRAFT);
    fixture.message("draft").delete();
    fixture.goOnline();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.onServer(WORK)).isZero();
    assertThat(fixture.total(WORK)).isZero();
    assertThat(fixture.mailbox.verify().messages()).isEqualTo(3);
  }

  @Test
  void refusalToldAtOnceLeavesNothing() {
    fixture.actions.refuseNext();
    FeedPosition before = fixture.mailbox.lastChange();
    assertThatThrownBy(() -> append(DRAFT))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_PERMISSION))
        .hasMessageContaining("not allowed");
    assertThat(fixture.total(WORK)).isZero();
    assertThat(fixture.mailbox.failedActions()).isEmpty();
    assertThat(fixture.mailbox.status().queuedActions()).isZero();
    assertThat(StoreFixture.kinds(fixture.mailbox, before))
        .containsExactly("Arrived", "ActionFailed", "Removed");
    assertThat(fixture.mailbox.verify().messages()).isEqualTo(3);
  }

  @Test
  void refusalAtReplayLosesNothing() {
    fixture.goOffline();
    Appended appended = append(DRAFT, Flag.DRAFT);
    fixture.message("draft").mark(Flag.SEEN);
    fixture.message("draft").moveTo(INBOX);
    fixture.message("draft").delete();
    fixture.goOnline();
    fixture.actions.refuseNext();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    Message message = fixture.mailbox.find(appended.id()).orElseThrow();
    assertThat(message.folder()).isEqualTo(WORK);
    assertThat(message.residence()).isEqualTo(Residence.LOCAL);
    assertThat(message.flags()).containsExactlyInAnyOrder(Flag.DRAFT, Flag.SEEN);
    assertThat(StoreFixture.raw(message)).isEqualTo(DRAFT);
    assertThat(fixture.mailbox.failedActions())
        .hasSize(4)
        .extracting(FailedAction::description)
        .contains("append 1 message to Work");
    fixture.mailbox.sync();
    assertThat(fixture.mailbox.find(appended.id())).isPresent();
    assertThat(fixture.onServer(WORK)).isZero();
  }

  @Test
  void copyOfARefusedMessageGoesAndTheMessageStays() {
    fixture.goOffline();
    append(DRAFT);
    fixture.message("draft").copyTo(INBOX);
    fixture.goOnline();
    fixture.actions.refuseNext();
    fixture.mailbox.flush(SOON);
    assertThat(fixture.total(INBOX)).isEqualTo(3);
    assertThat(fixture.message("draft").folder()).isEqualTo(WORK);
  }

  @Test
  void messageInAFolderThatTheServerRefusesStaysInOneThatLivesHere() {
    FolderPath drafts = FolderPath.of("Drafts");
    fixture.goOffline();
    StoreFixture.append(fixture.mailbox.createFolder(drafts), DRAFT);
    fixture.goOnline();
    fixture.actions.refuseNext();
    fixture.mailbox.flush(SOON);
    assertThat(fixture.mailbox.folder(drafts).orElseThrow().residence()).isEqualTo(Residence.LOCAL);
    assertThat(StoreFixture.raw(fixture.message("draft"))).isEqualTo(DRAFT);
    fixture.mailbox.sync();
    assertThat(fixture.total(drafts)).isEqualTo(1);
    assertThat(fixture.message("draft").delete()).isEqualTo(Outcome.LOCAL);
  }

  @Test
  void lostAnswerIsLookedUpBeforeTheMessageIsSentAgain() {
    fixture.actions.loseNextAnswer();
    assertThat(append(DRAFT).outcome()).isEqualTo(Outcome.QUEUED);
    String key = fixture.remote.server.list(WORK).keySet().iterator().next();
    fixture.actions.find(new ActionResult.Done(Map.of(sent().name(), key)));
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.actions.lookedUp).hasSize(1);
    fixture.mailbox.sync();
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  @Test
  void messageThatIsListedBeforeItsAppendIsAnsweredIsNotDoubled() {
    fixture.actions.answer(
        action -> {
          ActionResult result = fixture.remote.server.perform(action);
          fixture.remote.listAgain(WORK);
          return result;
        });
    Appended appended = append(DRAFT);
    assertThat(appended.outcome()).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.total(WORK)).isEqualTo(1);
    assertThat(fixture.message("draft").id()).isEqualTo(appended.id());
    fixture.mailbox.sync();
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  @Test
  void queueFirstKeepsWhatIsRefused(@TempDir Path other) {
    try (ServerFixture first = new ServerFixture(other, ActionMode.QUEUE_FIRST)) {
      first.actions.refuseNext();
      Appended appended =
          first
              .mailbox
              .inbox()
              .append(StoreFixture.stream(DRAFT), StoreFixture.NOON, Set.of(Flag.DRAFT));
      assertThat(appended.outcome()).isEqualTo(Outcome.QUEUED);
      assertThat(first.mailbox.flush(SOON)).isTrue();
      assertThat(first.mailbox.find(appended.id()).orElseThrow().residence())
          .isEqualTo(Residence.LOCAL);
    }
  }
}
