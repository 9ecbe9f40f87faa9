// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.store.ServerFixture.INBOX;
import static dev.mailbox.store.ServerFixture.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.search.Query;
import dev.mailbox.sync.Removal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages in folders of the server that only the copy has. */
class SoleCopyTest {
  private ServerFixture fixture;

  @BeforeEach
  void release(@TempDir Path directory) {
    fixture = new ServerFixture(directory);
    fixture.remote.removal = Removal.afterDownload();
    fixture.mailbox.sync();
    fixture.remote.removal = Removal.never();
    fixture.actions.applied.clear();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Residence residence(String subject) {
    return fixture.message(subject).residence();
  }

  @Test
  void whatTheServerWasToLoseLivesHere() {
    assertThat(fixture.onServer(INBOX)).isZero();
    assertThat(fixture.total(INBOX)).isEqualTo(3);
    assertThat(residence("one")).isEqualTo(Residence.LOCAL);
    assertThat(fixture.mailbox.inbox().residence()).isEqualTo(Residence.SERVER);
    fixture.reopen();
    fixture.mailbox.sync();
    assertThat(fixture.total(INBOX)).isEqualTo(3);
  }

  @Test
  void actionsAreDoneHereAlone() {
    MessageId id = fixture.message("one").id();
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.LOCAL);
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.LOCAL);
    assertThat(fixture.message("one").moveTo(WORK)).isEqualTo(Outcome.LOCAL);
    assertThat(fixture.message("two").copyTo(WORK)).isEqualTo(Outcome.LOCAL);
    assertThat(fixture.message("three").delete()).isEqualTo(Outcome.LOCAL);
    assertThat(fixture.actions.applied).isEmpty();
    fixture.mailbox.sync();
    assertThat(fixture.total(WORK)).isEqualTo(2);
    assertThat(fixture.total(INBOX)).isEqualTo(1);
    Message one = fixture.mailbox.find(id).orElseThrow();
    assertThat(one.residence()).isEqualTo(Residence.LOCAL);
    assertThat(one.flags()).containsExactly(Flag.SEEN);
    assertThat(fixture.mailbox.folder(WORK).orElseThrow().search(Query.all()).stream())
        .allMatch(message -> message.residence() == Residence.LOCAL);
  }

  @Test
  void trashIsMadeOnTheServerAndTheMessageStaysHere() {
    fixture.message("one").trash();
    assertThat(fixture.remote.server.folders()).contains(FolderPath.of("Trash"));
    assertThat(fixture.message("one").folder()).isEqualTo(FolderPath.of("Trash"));
    assertThat(fixture.message("two").trash()).isEqualTo(Outcome.LOCAL);
    assertThat(fixture.mailbox.folder(FolderRole.TRASH).orElseThrow().counts().total())
        .isEqualTo(2);
    assertThat(residence("one")).isEqualTo(Residence.LOCAL);
  }

  @Test
  void messagesOfBothKindsAreActedOnTogether() {
    fixture.remote.server.deliver(StoreFixture.mail("four"));
    fixture.mailbox.sync();
    assertThat(fixture.mailbox.search(Query.all()).moveTo(WORK)).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.total(WORK)).isEqualTo(4);
    assertThat(residence("four")).isEqualTo(Residence.SERVER);
    assertThat(residence("one")).isEqualTo(Residence.LOCAL);
  }

  @Test
  void messageOfTheServerWithTheSameBytesIsAnother() {
    fixture.message("one").moveTo(WORK);
    fixture.remote.server.deliver(WORK, StoreFixture.mail("one"));
    fixture.mailbox.sync();
    assertThat(fixture.mailbox.folder(WORK).orElseThrow().search(Query.all()).stream())
        .hasSize(2)
        .extracting(Message::residence)
        .containsExactlyInAnyOrder(Residence.LOCAL, Residence.SERVER);
  }

  @Test
  void folderThatTheServerLosesKeepsThemAndThenLivesHere() {
    fixture.message("one").moveTo(WORK);
    fixture.remote.server.deliver(WORK, StoreFixture.mail("four"));
    fixture.mailbox.sync();
    fixture.remote.server.removeFolder(WORK);
    fixture.mailbox.sync();
    assertThat(fixture.mailbox.folder(WORK).orElseThrow().residence()).isEqualTo(Residence.LOCAL);
    assertThat(fixture.total(WORK)).isEqualTo(1);
    assertThat(fixture.mailbox.folder(WORK).orElseThrow().sync().downloaded()).isZero();
    assertThat(fixture.message("one").moveTo(INBOX)).isEqualTo(Outcome.LOCAL);
    assertThat(residence("one")).isEqualTo(Residence.LOCAL);
    assertThat(fixture.mailbox.folder(WORK).orElseThrow().delete()).isEqualTo(Outcome.LOCAL);
    fixture.mailbox.sync();
    assertThat(fixture.total(INBOX)).isEqualTo(3);
  }

  @Test
  void messageOfTheServerCannotGoWhereNoServerIs() {
    fixture.message("one").moveTo(WORK);
    fixture.remote.server.removeFolder(WORK);
    fixture.remote.server.deliver(StoreFixture.mail("four"));
    fixture.mailbox.sync();
    assertThatThrownBy(() -> fixture.message("four").moveTo(WORK))
        .isInstanceOf(RejectedException.class);
    assertThat(fixture.message("four").folder()).isEqualTo(INBOX);
  }

  @Test
  void deletedFolderTakesThemOnlyOnceTheServerHasAgreed() {
    fixture.message("one").moveTo(WORK);
    fixture.actions.refuseNext();
    assertThatThrownBy(() -> fixture.mailbox.folder(WORK).orElseThrow().delete())
        .isInstanceOf(RejectedException.class);
    assertThat(fixture.message("one").folder()).isEqualTo(WORK);
    fixture.mailbox.folder(WORK).orElseThrow().delete();
    assertThat(fixture.mailbox.search(Query.subject("one")).isEmpty()).isTrue();
    assertThat(fixture.mailbox.verify().messages()).isEqualTo(2);
  }

  @Test
  void whatWaitedWhenTheServerLostAMessageIsDoneHere() {
    fixture.remote.server.deliver(StoreFixture.mail("four"));
    fixture.mailbox.sync();
    fixture.goOffline();
    Message four = fixture.message("four");
    four.mark(Flag.SEEN);
    four.copyTo(WORK);
    four.moveTo(WORK);
    fixture.remote.releaseAll(INBOX);
    fixture.goOnline();
    assertThat(fixture.mailbox.flush(Duration.ofSeconds(20))).isTrue();
    assertThat(fixture.mailbox.failedActions()).isEmpty();
    List<Message> both =
        fixture.mailbox.folder(WORK).orElseThrow().search(Query.all()).stream().toList();
    assertThat(both)
        .hasSize(2)
        .allMatch(message -> message.residence() == Residence.LOCAL)
        .allMatch(message -> message.has(Flag.SEEN));
    fixture.mailbox.sync();
    assertThat(fixture.total(WORK)).isEqualTo(2);
  }
}
