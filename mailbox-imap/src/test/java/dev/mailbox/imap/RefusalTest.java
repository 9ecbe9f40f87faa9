// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.search.Query;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.imap.ImapOverride;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.server().createFolder("Archive");
    account.server().createFolder("Empty");
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

  /** What a user wants done, and the commands that it takes. */
  enum Work {
    SYNC(
        Mailbox::sync,
        "AUTHENTICATE",
        "ID",
        "NAMESPACE",
        "LIST",
        "EXAMINE",
        "UID FETCH listing",
        "UID FETCH bodies"),
    CHECK(Mailbox::check, "AUTHENTICATE", "EXAMINE"),
    MARK(m -> Account.message(m, "message 2").mark(Flag.SEEN), "SELECT", "UID STORE"),
    COPY(
        m -> Account.message(m, "message 2").copyTo(FolderPath.of("Archive")),
        "SELECT",
        "UID COPY"),
    MOVE(
        m -> Account.message(m, "message 2").moveTo(FolderPath.of("Archive")),
        "NAMESPACE",
        "SELECT",
        "UID MOVE"),
    DELETE(m -> Account.message(m, "message 2").delete(), "SELECT", "UID STORE", "UID EXPUNGE"),
    APPEND(
        m ->
            m.inbox()
                .append(
                    new ByteArrayInputStream(Account.raw("appended", "text\r\n")),
                    Instant.parse("2026-01-05T10:00:00Z"),
                    Set.of(Flag.SEEN)),
        "APPEND"),
    CREATE(m -> m.createFolder(FolderPath.of("New")), "CREATE"),
    RENAME(
        m -> m.folder(FolderPath.of("Archive")).orElseThrow().rename(FolderPath.of("Other")),
        "RENAME"),
    REMOVE(m -> m.folder(FolderPath.of("Archive")).orElseThrow().delete(), "DELETE"),
    SEARCH(m -> m.inbox().search(Query.text("text")).size(), "UID SEARCH");

    private final Consumer<Mailbox> work;
    private final List<String> commands;

    Work(Consumer<Mailbox> work, String... commands) {
      this.work = work;
      this.commands = List.of(commands);
    }
  }

  static Stream<Arguments> failures() {
    List<Arguments> all = new ArrayList<>();
    for (Work work : Work.values()) {
      for (String command : work.commands) {
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

    account.trying(work.work);

    account.verified();
    account.server().heal();
    account.endsInStep();
    requireNothingLost(work, before);
  }

  /** The command, of which UID FETCH says what it is about. */
  private ImapOverride named(String command) {
    if (!command.startsWith("UID FETCH ")) {
      return account.server().on(command).once();
    }
    boolean bodies = command.endsWith("bodies");
    return account.server().on("UID FETCH").where(c -> isAboutBodies(c) == bodies).once();
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
