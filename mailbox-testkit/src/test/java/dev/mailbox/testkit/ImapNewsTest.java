// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a session is told of what others do, and when. */
class ImapNewsTest {
  private static final byte[] MAIL = "A: 1\r\n\r\n".getBytes(US_ASCII);
  private static final Duration SOON = Duration.ofSeconds(5);

  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final FakeAccount alice = CommonServer.alice(server);
  private final ImapFolder inbox = alice.inbox().imap();

  ImapNewsTest() {
    for (int i = 0; i < 3; i++) {
      inbox.deliver(MAIL);
    }
  }

  private Talk selected() throws IOException {
    Talk client = Talk.imap(server.imapUrl());
    client.run("s", "SELECT INBOX");
    return client;
  }

  @Test
  void newsComesWithTheNextCommand() throws IOException {
    try (var client = selected()) {
      inbox.expunge(1, 3);
      inbox.flag(2, "\\Seen", "later");
      inbox.deliver(MAIL);
      assertThat(client.run("a", "NOOP"))
          .containsExactly(
              "* 1 EXPUNGE",
              "* 2 EXPUNGE",
              "* 2 EXISTS",
              "* 2 RECENT",
              "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft later)",
              "* 1 FETCH (FLAGS (\\Seen later \\Recent))",
              "a OK nothing done");
      assertThat(client.run("b", "NOOP")).containsExactly("b OK nothing done");
    }
  }

  @Test
  void numbersDoNotChangeWhileNumbersAreUsed() throws IOException {
    try (var client = selected()) {
      inbox.expunge(1);
      inbox.deliver(MAIL);
      assertThat(client.run("a", "FETCH 1:2 UID"))
          .containsExactly(
              "* 1 FETCH (UID 1)", "* 2 FETCH (UID 2)", "* 4 EXISTS", "* 4 RECENT", "a OK fetched");
      assertThat(client.run("b", "STORE 1 +FLAGS.SILENT (\\Seen)")).containsExactly("b OK stored");
      assertThat(client.run("c", "SEARCH SEEN")).containsExactly("* SEARCH 1", "c OK searched");
      assertThat(client.run("d", "UID SEARCH ALL"))
          .containsExactly("* SEARCH 1 2 3 4", "* 1 EXPUNGE", "d OK searched");
      assertThat(client.run("e", "FETCH 1 UID")).contains("* 1 FETCH (UID 2)");
    }
  }

  @Test
  void silentStoreHidesOnlyWhatItChanged() throws IOException {
    try (var client = selected()) {
      inbox.flag(1, "\\Flagged");
      assertThat(client.run("a", "STORE 1:2 +FLAGS.SILENT (\\Seen)"))
          .containsExactly("* 1 FETCH (FLAGS (\\Flagged \\Seen \\Recent))", "a OK stored");
    }
  }

  @Test
  void idleTellsAtOnce() throws IOException {
    try (var client = selected()) {
      assertThat(client.ask("a IDLE")).isEqualTo("+ idling");
      imap.awaitIdle(1, SOON);
      inbox.deliver(MAIL);
      assertThat(client.readLine()).isEqualTo("* 4 EXISTS");
      assertThat(client.readLine()).isEqualTo("* 4 RECENT");
      inbox.expunge(2);
      assertThat(client.readLine()).isEqualTo("* 2 EXPUNGE");
      inbox.unflag(1, "\\Seen");
      inbox.flag(1, "\\Seen");
      assertThat(client.readLine()).isEqualTo("* 1 FETCH (FLAGS (\\Seen \\Recent))");
      assertThat(client.ask("DONE")).isEqualTo("a OK that was all");
      assertThat(client.run("b", "NOOP")).containsExactly("b OK nothing done");
    }
    assertThatThrownBy(() -> imap.awaitIdle(1, Duration.ZERO)).hasMessageContaining("idle");
    server.verify();
  }

  @Test
  void whatHappenedBeforeIdleIsToldToo() throws IOException {
    try (var client = selected()) {
      imap.on("IDLE").run(() -> inbox.expunge(1));
      assertThat(client.ask("a IDLE")).isEqualTo("+ idling");
      assertThat(client.readLine()).isEqualTo("* 1 EXPUNGE");
      client.say("NOOP");
      assertThat(client.readLine()).startsWith("a BAD");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("where DONE is due");
  }

  @Test
  void oneSessionSeesWhatAnotherDoes() throws IOException {
    try (var watcher = selected();
        var other = selected()) {
      assertThat(watcher.ask("i IDLE")).isEqualTo("+ idling");
      imap.awaitIdle(1, SOON);
      other.run("a", "STORE 2 +FLAGS (\\Deleted)");
      assertThat(watcher.readLine()).isEqualTo("* 2 FETCH (FLAGS (\\Deleted \\Recent))");
      other.run("b", "EXPUNGE");
      assertThat(watcher.readLine()).isEqualTo("* 2 EXPUNGE");
    }
  }

  @Test
  void recentIsForTheFirstSessionAlone() throws IOException {
    try (var first = selected();
        var second = selected()) {
      assertThat(first.run("a", "SEARCH RECENT")).contains("* SEARCH 1 2 3");
      assertThat(second.run("b", "SEARCH RECENT")).contains("* SEARCH");
    }
  }

  @Test
  void sessionsOfARenumberedOrDeletedFolderEnd() throws IOException {
    long before = inbox.uidValidity();
    inbox.expunge(1);
    FakeFolder unused = alice.folder("Work");
    try (var idle = selected();
        var other = Talk.imap(server.imapUrl())) {
      other.run("s", "SELECT Work");
      assertThat(idle.ask("a IDLE")).isEqualTo("+ idling");
      imap.awaitIdle(1, SOON);
      inbox.renumber();
      assertThat(idle.readLine()).startsWith("* BYE");
      assertThat(idle.readLine()).isNull();
      alice.deleteFolder("Work");
      assertThat(other.run("b", "NOOP")).first().asString().startsWith("* BYE");
    }
    assertThat(inbox.uids()).containsExactly(1L, 2L);
    assertThat(inbox.uidNext()).isEqualTo(3);
    assertThat(inbox.uidValidity()).isGreaterThan(before);
  }

  @Test
  void renamedFoldersKeepTheirMessages() throws IOException {
    alice.folder("Work/Deep").imap().deliver(MAIL);
    alice.renameFolder("Work", "Job");
    assertThat(alice.folders()).containsExactly("INBOX", "Job", "Job/Deep");
    assertThat(alice.existing("Job/Deep").imap().uids()).containsExactly(1L);
  }
}
