// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.store.ServerFixture.INBOX;
import static dev.mailbox.store.ServerFixture.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server puts off holds up what depends on it, and nothing else. */
class PutOffTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final FolderPath OTHER = FolderPath.of("Other");

  private ServerFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = new ServerFixture(directory);
    fixture.mailbox.createFolder(OTHER);
    fixture.message("two").moveTo(WORK);
    fixture.actions.applied.clear();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Folder folder(FolderPath path) {
    return fixture.mailbox.folder(path).orElseThrow();
  }

  private void append(String subject, FolderPath path) {
    folder(path)
        .append(StoreFixture.stream(StoreFixture.mail(subject)), StoreFixture.NOON, Set.of());
  }

  private void requireWaiting(int actions) {
    assertThatThrownBy(() -> fixture.mailbox.flush(SOON))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TEMPORARY));
    assertThat(fixture.mailbox.status().queuedActions()).isEqualTo(actions);
    assertThat(fixture.mailbox.failedActions()).isEmpty();
  }

  private List<String> applied() {
    return fixture.actions.applied.stream().map(PutOffTest::kind).toList();
  }

  private static String kind(RemoteAction action) {
    return action.getClass().getSimpleName() + " " + action.folder();
  }

  private void endsInOrder(String... rest) {
    fixture.actions.applied.clear();
    fixture.actions.putOff(action -> false);
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(applied()).containsExactly(rest);
    assertThat(fixture.mailbox.failedActions()).isEmpty();
  }

  @Test
  void actionsOnOtherFoldersAndMessagesGoOn() {
    fixture.actions.putOff(action -> action.folder().equals(WORK));

    assertThat(fixture.message("two").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.message("one").moveTo(OTHER)).isEqualTo(Outcome.ON_SERVER);

    assertThat(fixture.serverFlags("one")).containsExactly(Flag.SEEN);
    assertThat(fixture.mailbox.status().lastProblem())
        .map(MailboxException::reason)
        .contains(Reason.TEMPORARY);
    requireWaiting(1);
    fixture.mailbox.sync();
    assertThat(fixture.message("two").flags()).containsExactly(Flag.SEEN);
    fixture.actions.applied.clear();
    endsInOrder("ChangeFlags Work");
    assertThat(fixture.mailbox.status().lastProblem()).isEmpty();
  }

  @Test
  void whatNeedsRoomStaysBehindWhatGivesRoom() {
    fixture.goOffline();
    fixture.message("two").delete();
    append("draft", OTHER);
    fixture.message("one").mark(Flag.SEEN);
    fixture.actions.putOff(action -> action instanceof RemoteAction.Delete);
    fixture.goOnline();

    requireWaiting(2);

    assertThat(applied()).containsExactly("ChangeFlags INBOX");
    endsInOrder("Delete Work", "Append Other");
  }

  @Test
  void namesThatAServerMayTakeForOneAreOne() {
    FolderPath lower = FolderPath.of("other");
    fixture.goOffline();
    folder(OTHER).delete();
    fixture.mailbox.createFolder(lower);
    fixture.message("one").moveTo(lower);
    fixture.actions.putOff(action -> action instanceof RemoteAction.DeleteFolder);
    fixture.goOnline();

    requireWaiting(3);

    assertThat(applied()).isEmpty();
    endsInOrder("DeleteFolder Other", "CreateFolder other", "Move INBOX");
  }

  @Test
  void actionsInItsFolderAndBehindThoseStayBehind() {
    fixture.goOffline();
    fixture.message("two").mark(Flag.SEEN);
    fixture.message("one").moveTo(WORK);
    fixture.message("three").mark(Flag.SEEN);
    append("draft", OTHER);
    fixture.actions.putOff(action -> action instanceof RemoteAction.ChangeFlags);
    fixture.goOnline();

    requireWaiting(3);

    assertThat(applied()).containsExactly("Append Other");
    endsInOrder("ChangeFlags Work", "Move INBOX", "ChangeFlags INBOX");
  }

  @Test
  void actionsOnItsMessagesStayBehindWhereverTheyAre() {
    fixture.goOffline();
    fixture.message("one").moveTo(OTHER);
    fixture.message("one").moveTo(WORK);
    fixture.message("one").mark(Flag.SEEN);
    fixture.mailbox.createFolder(FolderPath.of("New"));
    fixture.actions.putOff(action -> action.folder().equals(INBOX));
    fixture.goOnline();

    requireWaiting(3);

    assertThat(applied()).containsExactly("CreateFolder New");
    endsInOrder("Move INBOX", "Move Other", "ChangeFlags Work");
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.SEEN);
  }

  @Test
  void copyAndWhatIsDoneToItStayBehind() {
    fixture.goOffline();
    fixture.message("one").copyTo(OTHER);
    folder(OTHER).search(Query.all()).mark(Flag.FLAGGED);
    fixture.message("two").mark(Flag.SEEN);
    folder(INBOX).search(Query.subject("one")).delete();
    fixture.actions.putOff(action -> action instanceof RemoteAction.Copy);
    fixture.goOnline();

    requireWaiting(3);

    assertThat(applied()).containsExactly("ChangeFlags Work");
    endsInOrder("Copy INBOX", "ChangeFlags Other", "Delete INBOX");
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.FLAGGED);
  }

  @Test
  void whatIsInAFolderThatIsToBeMadeStaysBehind() {
    fixture.goOffline();
    fixture.mailbox.createFolder(FolderPath.parse("a/b"));
    append("draft", FolderPath.parse("a/b"));
    append("letter", OTHER);
    folder(FolderPath.of("a")).rename(FolderPath.of("z"));
    fixture.actions.putOff(action -> action instanceof RemoteAction.CreateFolder);
    fixture.goOnline();

    requireWaiting(4);

    assertThat(applied()).containsExactly("Append Other");
    endsInOrder("CreateFolder a", "CreateFolder a/b", "Append a/b", "RenameFolder a");
  }

  /** The name means another folder afterwards. */
  @Test
  void whatComesUnderANameThatIsToBecomeFreeStaysBehind() {
    fixture.goOffline();
    folder(WORK).rename(FolderPath.of("Jobs"));
    fixture.mailbox.createFolder(WORK);
    append("draft", WORK);
    append("letter", FolderPath.of("Jobs"));
    append("memo", OTHER);
    fixture.actions.putOff(action -> action instanceof RemoteAction.RenameFolder);
    fixture.goOnline();

    requireWaiting(4);

    assertThat(applied()).containsExactly("Append Other");
    endsInOrder("RenameFolder Work", "CreateFolder Work", "Append Work", "Append Jobs");
  }

  @Test
  void folderAboveOneWithWhatIsPutOffStaysAsItIs() {
    fixture.mailbox.createFolder(FolderPath.parse("a/b"));
    fixture.actions.applied.clear();
    fixture.goOffline();
    append("draft", FolderPath.parse("a/b"));
    folder(FolderPath.of("a")).rename(FolderPath.of("z"));
    folder(OTHER).delete();
    fixture.actions.putOff(action -> action instanceof RemoteAction.Append);
    fixture.goOnline();

    requireWaiting(2);

    assertThat(applied()).containsExactly("DeleteFolder Other");
    endsInOrder("Append a/b", "RenameFolder a");
  }

  /** Moves it on a server that does not tell how it names what was moved; then puts off Work. */
  private void moveWithoutKey(String subject) {
    fixture.actions.answer(
        action -> {
          fixture.remote.server.perform(action);
          return new ActionResult.Done(Map.of());
        });
    assertThat(fixture.message(subject).moveTo(WORK)).isEqualTo(Outcome.ON_SERVER);
    fixture.actions.putOff(action -> action.folder().equals(WORK));
    assertThat(fixture.message("two").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
  }

  private List<String> subjects(FolderPath path) {
    return folder(path).search(Query.all()).stream()
        .map(message -> subject(StoreFixture.raw(message)))
        .sorted()
        .toList();
  }

  @Test
  void markOfWhatTheServerHasNotNamedYetFindsIt() {
    moveWithoutKey("one");
    fixture.message("one").mark(Flag.FLAGGED);

    fixture.mailbox.sync();

    assertThat(subjects(WORK)).containsExactly("one", "two");
    assertThat(fixture.message("one").flags()).containsExactly(Flag.FLAGGED);
    endsInOrder("ChangeFlags Work", "ChangeFlags Work");
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.FLAGGED);
  }

  @Test
  void moveOfWhatTheServerHasNotNamedYetFindsIt() {
    moveWithoutKey("one");
    fixture.message("one").moveTo(OTHER);

    fixture.mailbox.sync();

    assertThat(subjects(WORK)).containsExactly("two");
    assertThat(subjects(OTHER)).containsExactly("one");
    endsInOrder("ChangeFlags Work", "Move Work");
    fixture.mailbox.sync();
    assertThat(subjects(OTHER)).containsExactly("one");
    assertThat(fixture.onServer(OTHER)).isEqualTo(1);
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
  }

  @Test
  void deletionOfWhatTheServerHasNotNamedYetFindsIt() {
    moveWithoutKey("one");
    fixture.message("one").delete();

    fixture.mailbox.sync();

    assertThat(subjects(WORK)).containsExactly("two");
    endsInOrder("ChangeFlags Work", "Delete Work");
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
  }

  @Test
  void copyOfWhatTheServerHasNotNamedYetFindsIt() {
    moveWithoutKey("one");
    fixture.message("one").copyTo(OTHER);

    fixture.mailbox.sync();

    assertThat(subjects(WORK)).containsExactly("one", "two");
    endsInOrder("ChangeFlags Work", "Copy Work");
    fixture.mailbox.sync();
    assertThat(subjects(OTHER)).containsExactly("one");
    assertThat(fixture.onServer(OTHER)).isEqualTo(1);
  }

  /** A copy that waits is not the equal message that is there. */
  @Test
  void copyThatWaitsIsNotTakenForAnother() {
    fixture.actions.putOff(action -> action instanceof RemoteAction.Copy);
    fixture.message("one").copyTo(WORK);
    fixture.remote.server.deliver(WORK, StoreFixture.mail("one"));

    fixture.mailbox.sync();

    assertThat(subjects(WORK)).containsExactly("one", "one", "two");
    endsInOrder("Copy INBOX");
    fixture.mailbox.sync();
    assertThat(subjects(WORK)).containsExactly("one", "one", "two");
  }

  /** Nothing tells that the next action would be answered otherwise. */
  @Test
  void whatIsPutOffAtTheLoginHoldsUpAll() {
    fixture.goOffline();
    fixture.message("two").mark(Flag.SEEN);
    fixture.message("one").mark(Flag.SEEN);
    fixture.actions.putOffLogin();
    fixture.goOnline();

    requireWaiting(2);

    assertThat(applied()).doesNotContain("ChangeFlags INBOX");
    assertThat(fixture.serverFlags("one")).isEmpty();
  }

  @Test
  void refusalOfWhatWasPutOffUndoesWhatStayedBehind() {
    fixture.goOffline();
    fixture.message("one").moveTo(WORK);
    fixture.message("one").mark(Flag.SEEN);
    append("draft", OTHER);
    fixture.actions.putOff(action -> action instanceof RemoteAction.Move);
    fixture.goOnline();
    requireWaiting(2);
    fixture.actions.refuseNext();
    fixture.actions.putOff(action -> false);

    assertThat(fixture.mailbox.flush(SOON)).isTrue();

    assertThat(fixture.message("one").folder()).isEqualTo(INBOX);
    assertThat(fixture.message("one").flags()).isEmpty();
    assertThat(fixture.message("draft").folder()).isEqualTo(OTHER);
    assertThat(fixture.mailbox.failedActions()).hasSize(2);
  }

  /** Many actions in any order, of which some are put off for a while. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void allIsDoneInTheEnd(long seed) {
    Random random = new Random(seed);
    fixture.goOffline();
    for (int i = 0; i < 25; i++) {
      act(random, i);
    }
    Map<String, List<String>> shown = shown(fixture.mailbox);
    fixture.goOnline();
    for (int round = 0; round < 3; round++) {
      int salt = random.nextInt();
      fixture.actions.putOff(action -> Math.floorMod(kind(action).hashCode() ^ salt, 3) == 0);
      try {
        fixture.mailbox.flush(SOON);
      } catch (ConnectionException e) {
        assertThat(e.reason()).isEqualTo(Reason.TEMPORARY);
      }
      assertThat(shown(fixture.mailbox)).isEqualTo(shown);
    }
    fixture.actions.putOff(action -> false);

    assertThat(fixture.mailbox.flush(SOON)).isTrue();

    assertThat(fixture.mailbox.failedActions()).isEmpty();
    fixture.mailbox.sync();
    assertThat(shown(fixture.mailbox)).isEqualTo(shown);
    Map<String, List<String>> held = new TreeMap<>();
    for (FolderPath path : fixture.remote.server.folders()) {
      held.put(
          path.toString(),
          fixture.remote.server.list(path).values().stream()
              .map(m -> subject(m.text()) + names(m.flags()))
              .sorted()
              .toList());
    }
    assertThat(held).isEqualTo(shown);
  }

  private void act(Random random, int number) {
    List<Folder> folders = fixture.mailbox.folders();
    FolderPath path = folders.get(random.nextInt(folders.size())).path();
    List<Message> messages = fixture.mailbox.search(Query.all()).stream().toList();
    Message message = messages.get(random.nextInt(messages.size()));
    boolean own = !path.equals(INBOX);
    switch (random.nextInt(own ? 8 : 6)) {
      case 0 -> message.mark(Flag.SEEN);
      case 1 -> message.unmark(Flag.SEEN);
      case 2 -> message.moveTo(path);
      case 3 -> message.copyTo(path);
      case 4 -> append("draft " + number, path);
      case 5 ->
          fixture.mailbox.createFolder(new FolderPath(List.of("new " + random.nextInt(3), "x")));
      case 6 -> folder(path).rename(FolderPath.of("renamed " + number));
      default -> message.delete();
    }
  }

  private static Map<String, List<String>> shown(Mailbox mailbox) {
    Map<String, List<String>> shown = new TreeMap<>();
    for (Folder folder : mailbox.folders()) {
      shown.put(
          folder.path().toString(),
          folder.search(Query.all()).stream()
              .map(m -> subject(StoreFixture.raw(m)) + names(m.flags()))
              .sorted()
              .toList());
    }
    return shown;
  }

  private static String subject(String text) {
    return text.replaceAll("(?s).*Subject: ([^\r]*).*", "$1");
  }

  private static List<String> names(Set<Flag> flags) {
    return flags.stream().map(Flag::name).sorted().toList();
  }
}
