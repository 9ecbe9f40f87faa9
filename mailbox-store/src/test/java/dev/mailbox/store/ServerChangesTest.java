// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.Flag.FLAGGED;
import static dev.mailbox.Flag.SEEN;
import static dev.mailbox.store.ReplicaFixture.INBOX;
import static dev.mailbox.store.ReplicaFixture.folder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells of messages that live there. */
class ServerChangesTest {
  private static final FolderPath WORK = FolderPath.of("Work");
  private ReplicaFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = new ReplicaFixture(directory);
    fixture.arrange(folder("INBOX"), folder("Work"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void flags(String key, Flag... flags) {
    fixture.batch(INBOX, batch -> batch.flags(key, Set.of(flags)));
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    fixture.replica.entries(INBOX, entry -> keys.add(entry.key()));
    return keys;
  }

  @Test
  void flagsOfTheServerAreShownAndToldOf() {
    long one = fixture.bring(INBOX, "one", FLAGGED);
    fixture.bring(INBOX, "two");
    FeedPosition before = fixture.last();
    flags("one", SEEN, Flag.keyword("k"));
    assertThat(fixture.shown(one)).containsExactlyInAnyOrder(SEEN, Flag.keyword("k"));
    assertThat(fixture.kinds(before)).containsExactly("FlagsChanged");
    assertThat(fixture.told(INBOX))
        .isEqualTo(Map.of("one", Set.of(SEEN, Flag.keyword("k")), "two", Set.of()));
  }

  @Test
  void flagsThatAreKnownWriteNothing() {
    fixture.bring(INBOX, "one", Flag.keyword("b"), SEEN, Flag.keyword("a"));
    long before = fixture.writes();
    flags("one", SEEN, Flag.keyword("A"), Flag.keyword("b"));
    flags("unknown", SEEN);
    assertThat(fixture.writes()).isEqualTo(before);
  }

  @Test
  void whatIsQueuedIsShownOnTopOfTheServersFlags() {
    long one = fixture.bring(INBOX, "one");
    fixture.mark(one, SEEN);
    FeedPosition before = fixture.last();
    flags("one", SEEN);
    assertThat(fixture.shown(one)).containsExactly(SEEN);
    assertThat(fixture.kinds(before)).isEmpty();
    flags("one", FLAGGED);
    assertThat(fixture.shown(one)).containsExactlyInAnyOrder(SEEN, FLAGGED);
    assertThat(fixture.kinds(before)).containsExactly("FlagsChanged");
    assertThat(fixture.told(INBOX)).isEqualTo(Map.of("one", Set.of(FLAGGED)));
  }

  @Test
  void flagsOfAMessageThatWaitsElsewhereAreFoundByItsKey() {
    long one = fixture.bring(INBOX, "one");
    fixture.move(one, WORK);
    flags("one", SEEN);
    assertThat(fixture.shown(one)).containsExactly(SEEN);
    assertThat(fixture.told(INBOX)).containsKey("one");
    assertThat(fixture.told(WORK)).isEmpty();
  }

  @Test
  void flagsOfADeletedMessageAreNoted() {
    long one = fixture.bring(INBOX, "one");
    fixture.delete(one);
    FeedPosition before = fixture.last();
    flags("one", SEEN);
    assertThat(fixture.kinds(before)).isEmpty();
    assertThat(fixture.told(INBOX)).isEqualTo(Map.of("one", Set.of(SEEN)));
  }

  @Test
  void manyFlagsAreReadInPages() {
    fixture.batch(
        INBOX,
        batch -> {
          for (int i = 0; i < 4500; i++) {
            String key = String.format(java.util.Locale.ROOT, "k%05d", i);
            TestServer.Mail mail = new TestServer.Mail("Subject: " + i + "\r\n\r\n", Set.of(SEEN));
            TestRemote.give(batch, key, mail, true);
          }
        });
    assertThat(fixture.told(INBOX)).hasSize(4500);
  }

  @Test
  void removedMessageGoesWhereverItIsShown() {
    long shown = fixture.bring(INBOX, "shown");
    long moved = fixture.bring(INBOX, "moved");
    long hidden = fixture.bring(INBOX, "hidden");
    fixture.move(moved, WORK);
    fixture.delete(hidden);
    FeedPosition before = fixture.last();
    fixture.batch(
        INBOX, batch -> List.of("shown", "moved", "hidden", "unknown").forEach(batch::removed));
    assertThat(fixture.changes(before))
        .allSatisfy(
            change ->
                assertThat(((Change.Removed) change).cause())
                    .isEqualTo(Change.Cause.REMOVED_ON_SERVER))
        .extracting(change -> ((Change.Removed) change).folder())
        .containsExactly(INBOX, WORK);
    assertThat(fixture.row(shown)).isEmpty();
    assertThat(fixture.row(moved)).isEmpty();
    assertThat(keys()).isEmpty();
  }

  @Test
  void releasedMessageIsTheOnlyCopy() {
    long one = fixture.bring(INBOX, "one", SEEN);
    FeedPosition before = fixture.last();
    fixture.batch(INBOX, batch -> batch.released("one"));
    assertThat(fixture.row(one).orElseThrow().residence()).isEqualTo(Residence.LOCAL);
    assertThat(fixture.shown(one)).containsExactly(SEEN);
    assertThat(fixture.kinds(before)).isEmpty();
    assertThat(keys()).isEmpty();
    fixture.batch(
        INBOX,
        batch -> {
          batch.removed("one");
          batch.forget("one");
          batch.flags("one", Set.of());
        });
    assertThat(fixture.shown(one)).containsExactly(SEEN);
  }

  @Test
  void releasedMessageWithoutABodyOrThatWasDeletedHereIsGone() {
    TestServer.Mail mail = new TestServer.Mail(StoreFixture.mail("header"), Set.of());
    fixture.batch(INBOX, batch -> TestRemote.give(batch, "header", mail, true));
    fixture.delete(fixture.bring(INBOX, "deleted"));
    FeedPosition before = fixture.last();
    fixture.batch(
        INBOX,
        batch -> {
          batch.released("header");
          batch.released("deleted");
        });
    assertThat(fixture.subjects(INBOX)).isEmpty();
    assertThat(fixture.kinds(before)).containsExactly("Removed");
  }

  @Test
  void releasedMessageThatTheServerListsAgainIsTheSame() {
    long one = fixture.bring(INBOX, "one");
    fixture.batch(INBOX, batch -> batch.released("one"));
    assertThat(fixture.bring(INBOX, "one", FLAGGED)).isEqualTo(one);
    assertThat(fixture.row(one).orElseThrow().residence()).isEqualTo(Residence.SERVER);
    assertThat(fixture.shown(one)).containsExactly(FLAGGED);
  }

  @Test
  void rekeyedMessageIsTheSame() {
    long one = fixture.bring(INBOX, "one", SEEN);
    FeedPosition before = fixture.last();
    fixture.batch(INBOX, batch -> batch.rekey("one", "1"));
    assertThat(keys()).containsExactly("1");
    assertThat(fixture.row(one).orElseThrow().remoteKey()).isEqualTo("1");
    assertThat(fixture.shown(one)).containsExactly(SEEN);
    assertThat(fixture.kinds(before)).isEmpty();
    fixture.batch(
        INBOX,
        batch -> {
          batch.rekey("1", "2");
          batch.flags("2", Set.of());
        });
    assertThat(fixture.shown(one)).isEmpty();
  }

  @Test
  void messagesChangePlacesWithTheirKeys() {
    long one = fixture.bring(INBOX, "1");
    long two = fixture.bring(INBOX, "2");
    long three = fixture.bring(INBOX, "3");
    fixture.batch(
        INBOX,
        batch -> {
          batch.rekey("1", "2");
          batch.rekey("2", "3");
          batch.rekey("3", "1");
          batch.rekey("unknown", "9");
        });
    assertThat(fixture.number(INBOX, "2")).contains(one);
    assertThat(fixture.number(INBOX, "3")).contains(two);
    assertThat(fixture.number(INBOX, "1")).contains(three);
    assertThat(keys()).containsExactly("1", "2", "3");
  }

  @Test
  void messageThatCameAgainUnderItsNewKeyIsTheOldOne() {
    TestServer.Mail mail = new TestServer.Mail(StoreFixture.mail("x"), Set.of());
    fixture.batch(INBOX, batch -> TestRemote.give(batch, "old", mail, true));
    long old = fixture.number(INBOX, "old").orElseThrow();
    fixture.bring(INBOX, "new", StoreFixture.mail("x"), FLAGGED);
    FeedPosition before = fixture.last();
    fixture.batch(INBOX, batch -> batch.rekey("old", "new"));
    assertThat(keys()).containsExactly("new");
    assertThat(fixture.number(INBOX, "new")).contains(old);
    assertThat(fixture.subjects(INBOX)).containsExactly("x");
    assertThat(fixture.row(old).orElseThrow().content().whole()).isTrue();
    assertThat(fixture.shown(old)).containsExactly(FLAGGED);
    assertThat(fixture.kinds(before)).containsExactly("FlagsChanged", "Removed");
  }

  @Test
  void keyOfAnotherMessageIsNotTakenFromIt() {
    long one = fixture.bring(INBOX, "one");
    long two = fixture.bring(INBOX, "two");
    fixture.batch(INBOX, batch -> batch.rekey("one", "two"));
    assertThat(fixture.number(INBOX, "one")).contains(one);
    assertThat(fixture.number(INBOX, "two")).contains(two);
  }

  @Test
  void keyOfWhatWasLeftOutIsTaken() {
    long one = fixture.bring(INBOX, "one");
    RemoteEntry left = new RemoteEntry("1", 9, EntryState.LEFT, new byte[0], Instant.now());
    fixture.batch(INBOX, batch -> batch.state(left));
    fixture.batch(INBOX, batch -> batch.rekey("one", "1"));
    assertThat(fixture.number(INBOX, "1")).contains(one);
    assertThat(keys()).containsExactly("1");
  }
}
