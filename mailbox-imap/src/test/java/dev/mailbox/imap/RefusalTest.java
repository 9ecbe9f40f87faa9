// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.search.Query;
import dev.mailbox.testkit.ImapOverride;
import dev.mailbox.testkit.imap.ImapCommand;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each command of each work fails in each way; then the server is honest again, and the copy must
 * come to be equal to it, with no message lost or doubled.
 */
class RefusalTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.createFolder("Empty");
    account.deliver(5);
    account.deliver("Archive", "archived");
  }

  @AfterEach
  void stop() {
    account.close();
  }

  /** How a command fails. */
  enum Failure {
    NO,
    BAD,
    BYE,
    CLOSE,
    RESET,
    DONE_AND_CLOSED,
    CUT;

    void of(ImapOverride override) {
      switch (this) {
        case NO -> override.no("[CANNOT] not that");
        case BAD -> override.bad("what?");
        case BYE -> override.bye("going down");
        case CLOSE -> override.close();
        case RESET -> override.reset();
        case DONE_AND_CLOSED -> override.closeAfter(0);
        case CUT -> override.closeAfter(20);
      }
    }
  }

  /** What a user wants done. */
  enum Work {
    SYNC,
    CHECK,
    MARK,
    COPY,
    MOVE,
    DELETE,
    APPEND,
    CREATE,
    RENAME,
    REMOVE,
    SEARCH;

    /** The commands that it takes. */
    List<String> commands() {
      return switch (this) {
        case SYNC ->
            List.of(
                "AUTHENTICATE",
                "ID",
                "NAMESPACE",
                "LIST",
                "EXAMINE",
                "UID FETCH listing",
                "UID FETCH bodies");
        case CHECK -> List.of("AUTHENTICATE", "EXAMINE");
        case MARK -> List.of("SELECT", "UID STORE");
        case COPY -> List.of("SELECT", "UID COPY");
        case MOVE -> List.of("NAMESPACE", "SELECT", "UID MOVE");
        case DELETE -> List.of("SELECT", "UID STORE", "UID EXPUNGE");
        case APPEND -> List.of("APPEND");
        case CREATE -> List.of("CREATE");
        case RENAME -> List.of("RENAME");
        case REMOVE -> List.of("DELETE");
        case SEARCH -> List.of("UID SEARCH");
      };
    }

    Object perform(Mailbox mailbox) {
      return switch (this) {
        case SYNC -> mailbox.sync();
        case CHECK -> mailbox.check();
        case MARK -> second(mailbox).mark(Flag.SEEN);
        case COPY -> second(mailbox).copyTo(ARCHIVE);
        case MOVE -> second(mailbox).moveTo(ARCHIVE);
        case DELETE -> second(mailbox).delete();
        case APPEND -> append(mailbox);
        case CREATE -> mailbox.createFolder(FolderPath.of("New"));
        case RENAME -> mailbox.folder(ARCHIVE).orElseThrow().rename(FolderPath.of("Other"));
        case REMOVE -> mailbox.folder(ARCHIVE).orElseThrow().delete();
        case SEARCH -> mailbox.inbox().search(Query.text("text")).size();
      };
    }

    private static Message second(Mailbox mailbox) {
      return Account.message(mailbox, "message 2");
    }

    private static Object append(Mailbox mailbox) {
      var raw = new ByteArrayInputStream(Account.raw("appended", "text\r\n"));
      return mailbox.inbox().append(raw, Instant.parse("2026-01-05T10:00:00Z"), Set.of(Flag.SEEN));
    }
  }

  static Stream<Arguments> failures() {
    List<Arguments> all = new ArrayList<>();
    for (Work work : Work.values()) {
      for (String command : work.commands()) {
        for (Failure failure : Failure.values()) {
          all.add(Arguments.of(work, command, failure));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failureIsToldAndMended(Work work, String command, Failure failure) {
    if (work == Work.SEARCH) {
      account.onlyHeaders();
    }
    if (work != Work.SYNC && work != Work.CHECK) {
      account.sync();
    }
    Map<String, List<String>> before = account.held();
    failure.of(named(command));

    account.trying(work::perform);

    account.verified();
    account.imap().heal();
    account.endsInStep();
    requireNothingLost(work, before);
  }

  /** The command, of which UID FETCH says what it is about. */
  private ImapOverride named(String command) {
    if (!command.startsWith("UID FETCH ")) {
      return account.imap().on(command).once();
    }
    boolean bodies = command.endsWith("bodies");
    return account.imap().on("UID FETCH").where(c -> isAboutBodies(c) == bodies).once();
  }

  private static boolean isAboutBodies(ImapCommand command) {
    return command.text().contains("BODY.PEEK[]");
  }

  /** All bytes that the server had are there once, but for what was to be removed or made. */
  private void requireNothingLost(Work work, Map<String, List<String>> before) {
    List<String> had = bodies(before);
    List<String> has = bodies(account.held());
    switch (work) {
      case DELETE -> had.removeIf(text -> text.contains("message 2") && !has.contains(text));
      case REMOVE -> had.removeIf(text -> text.contains("archived") && !has.contains(text));
      default -> {}
    }
    List<String> more = new ArrayList<>(has);
    had.forEach(text -> assertThat(more.remove(text)).as(text).isTrue());
    assertThat(more).hasSizeLessThanOrEqualTo(1);
    String made = work == Work.COPY ? "message 2" : "appended";
    assertThat(more).allMatch(text -> text.contains("Subject: " + made));
    assertThat(more.isEmpty() || work == Work.COPY || work == Work.APPEND).isTrue();
  }

  private static List<String> bodies(Map<String, List<String>> held) {
    List<String> bodies = new ArrayList<>();
    held.values().forEach(list -> list.forEach(l -> bodies.add(l.substring(l.indexOf(']') + 1))));
    return bodies;
  }
}
