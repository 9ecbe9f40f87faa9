// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.FolderPath.INBOX;
import static dev.mailbox.testkit.contract.Account.LATER;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flags and removals, in both directions. */
public interface ServerFlagContract extends ResidentSubject {
  @Test
  default void messagesStayOnTheServerAfterSync() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(3)).sync();

      assertThat(There.of(this, account).subjects(INBOX))
          .containsExactly("message 1", "message 2", "message 3");
      assertThat(There.of(this, account).mailbox().messages(INBOX))
          .allMatch(message -> message.flags().isEmpty());
    }
  }

  @Test
  default void readingABodyDoesNotMarkTheMessageOnTheServer() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one"));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();

      assertThat(onlyOne(mailbox).content().text()).contains("Hello.");

      assertThat(There.of(this, account).message(INBOX, "one").flags()).isEmpty();
    }
  }

  @Test
  default void flagsSetAndClearedHereAreSetAndClearedThere() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      There there = There.of(this, account);
      Message message = bySubject(mailbox, "message 1");

      assertThat(message.mark(Flag.SEEN, Flag.ANSWERED, LATER)).isEqualTo(Outcome.ON_SERVER);
      assertThat(there.message(INBOX, "message 1").flags())
          .containsExactlyInAnyOrder("\\Seen", "\\Answered", "later");
      assertThat(message.unmark(Flag.ANSWERED, LATER)).isEqualTo(Outcome.ON_SERVER);

      assertThat(there.message(INBOX, "message 1").flags()).containsExactly("\\Seen");
      assertThat(there.message(INBOX, "message 2").flags()).isEmpty();
    }
  }

  @Test
  default void flagsOfAnotherClientAppearAndAreTold() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      There there = There.of(this, account);
      Message message = bySubject(mailbox, "message 1");

      FeedPosition start = mailbox.lastChange();
      there.flag(INBOX, "message 1", "\\Answered", "later");
      mailbox.sync();

      assertThat(now(mailbox, message).flags()).containsExactlyInAnyOrder(Flag.ANSWERED, LATER);
      assertThat(mailbox.changes(start, 100))
          .containsExactly(new Change.FlagsChanged(mailbox.lastChange(), message.id(), INBOX));

      start = mailbox.lastChange();
      there.unflag(INBOX, "message 1", "\\Answered");
      mailbox.sync();

      assertThat(now(mailbox, message).flags()).containsExactly(LATER);
      assertThat(mailbox.changes(start, 100)).hasSize(1);
      assertThat(bySubject(mailbox, "message 2").flags()).isEmpty();
    }
  }

  @Test
  default void flagsFromBeforeTheFirstSyncAreThere() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      There.of(this, account).flag(INBOX, "message 2", "\\Seen", "\\Draft", "$Forwarded");
      Mailbox mailbox = account.open();

      mailbox.sync();

      assertThat(bySubject(mailbox, "message 2").flags())
          .containsExactlyInAnyOrder(Flag.SEEN, Flag.DRAFT, Flag.FORWARDED);
      assertThat(mailbox.inbox().counts().unread()).isEqualTo(1);
    }
  }

  @Test
  default void anotherClientsMarkForDeletionIsNoFlagAndHidesNothing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      FeedPosition start = mailbox.lastChange();
      There.of(this, account).flag(INBOX, "message 1", "\\Deleted");

      mailbox.sync();

      assertThat(bySubject(mailbox, "message 1").flags()).isEmpty();
      assertThat(mailbox.changes(start, 100)).isEmpty();
    }
  }

  @Test
  default void changesOfBothSidesAreBothKept() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.of("one")).close();
      There there = There.of(this, account);
      Mailbox offline = account.open(account.unreachable());
      assertThat(onlyOne(offline).mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
      offline.close();
      there.flag(INBOX, "one", "\\Flagged");

      Mailbox mailbox = account.open();
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
      mailbox.sync();

      assertThat(onlyOne(mailbox).flags()).containsExactlyInAnyOrder(Flag.SEEN, Flag.FLAGGED);
      assertThat(there.message(INBOX, "one").flags())
          .containsExactlyInAnyOrder("\\Seen", "\\Flagged");
    }
  }

  @Test
  default void ownChangesAreNotToldAgainBySync() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      bySubject(mailbox, "message 1").mark(Flag.SEEN, LATER);
      bySubject(mailbox, "message 2").delete();
      FeedPosition start = mailbox.lastChange();

      mailbox.sync();
      mailbox.sync();

      assertThat(mailbox.changes(start, 100)).isEmpty();
    }
  }

  @Test
  default void whatAnotherClientRemovedGoesHereAndTheRestStays() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      Message removed = bySubject(mailbox, "message 2");
      List<Message> others =
          List.of(bySubject(mailbox, "message 1"), bySubject(mailbox, "message 3"));
      FeedPosition start = mailbox.lastChange();
      There.of(this, account).remove(INBOX, "message 2");

      mailbox.sync();

      assertThat(mailbox.find(removed.id())).isEmpty();
      assertThat(others).allMatch(message -> mailbox.find(message.id()).isPresent());
      assertThat(mailbox.changes(start, 100))
          .containsExactly(
              new Change.Removed(
                  mailbox.lastChange(), removed.id(), INBOX, Change.Cause.REMOVED_ON_SERVER));
    }
  }

  @Test
  default void arrivalAndRemovalBetweenTwoSyncsAreBothSeen() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      There there = There.of(this, account);
      there.remove(INBOX, "message 1");
      there.remove(INBOX, "message 3");
      account.deliver(Mail.of("late"));

      mailbox.sync();

      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("late", "message 2");
    }
  }

  @Test
  default void serverIdAgreesWithTheServer() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      There there = There.of(this, account);
      String id = there.message(INBOX, "message 2").id();

      assertThat(bySubject(mailbox, "message 2").serverId())
          .contains(there.mailbox().serverId(INBOX, id));
    }
  }

  @Test
  default void watchTellsWhatAnotherClientDoes() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      Mailbox mailbox = account.synced(Mail.several(2));
      There there = There.of(this, account);
      Message first = bySubject(mailbox, "message 1");
      Message second = bySubject(mailbox, "message 2");
      told.by(mailbox.watch(told));

      there.flag(INBOX, "message 1", "\\Seen");
      assertThat(told.await(1).get(0)).isInstanceOf(Change.FlagsChanged.class);
      there.remove(INBOX, "message 2");

      assertThat(told.await(2).get(1)).isInstanceOf(Change.Removed.class);
      assertThat(now(mailbox, first).has(Flag.SEEN)).isTrue();
      assertThat(mailbox.find(second.id())).isEmpty();
    }
  }
}
