// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.cli.CapturedTerminal.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** folders, list, show, search and mark on a store without a server. */
class ReadingCommandsTest {
  private final CapturedTerminal terminal = new CapturedTerminal();
  private final Path store;
  private String[] ids = {};

  ReadingCommandsTest(@TempDir Path store) {
    this.store = store;
  }

  @BeforeEach
  void fill() {
    ids =
        StoreFixture.fill(
            store,
            mail("Invoice 17").from("Harbor <billing@harbor.example>").attachment("a.pdf", 3000),
            mail("京都旅行の写真").from("佐藤 花子 <hanako@example.jp>").text("写真です\n"),
            mail("Lunch?")
                .from("Bob <bob@example.org>")
                .text("At noon?\n")
                .html("<p>At noon?</p>"));
    StoreFixture.fileAway(store, ids[2], "Friends/Bob");
  }

  @Test
  void foldersTellHowManyMessagesTheyHold() {
    Result run = terminal.run("folders", "--store", store);

    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .anySatisfy(l -> assertThat(l).matches(" +2 total +2 unread +here +INBOX +\\(inbox\\)"))
        .anySatisfy(l -> assertThat(l).matches(" +1 total +0 unread +here +Friends/Bob"));
  }

  @Test
  void foldersAsJson() {
    List<Object> folders = JsonTree.list(terminal.run("folders", "-s", store, "--json").json());

    assertThat(JsonTree.map(folders.get(0)))
        .containsEntry("path", "INBOX")
        .containsEntry("role", "inbox")
        .containsEntry("total", 2L)
        .containsEntry("unread", 2L);
  }

  @Test
  void listShowsTheNewestFirst() {
    Result run = terminal.run("list", "--store", store);

    assertThat(run.code()).isZero();
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out().lines().toList().get(0))
        .startsWith(ids[1] + " *")
        .contains("2026-11-20 13:00", "佐藤 花子", "京都旅行の写真");
    assertThat(run.out().lines().toList().get(1)).contains("*", "@", "Harbor", "Invoice 17");
  }

  @Test
  void linesFitTheTerminal() {
    Result run = terminal.interactive().run("list", "--store", store);

    assertThat(run.out().lines()).allSatisfy(l -> assertThat(Columns.of(l)).isBetween(40, 80));
  }

  @Test
  void pagesFollowEachOther() {
    Result first = terminal.run("list", "-s", store, "--limit", 1);
    Result second = terminal.run("list", "-s", store, "--limit", 1, "--older-than", ids[1]);

    assertThat(first.out()).startsWith(ids[1]);
    assertThat(second.out()).startsWith(ids[0]);
  }

  @Test
  void listAsJsonIsOneArray() {
    List<Object> messages = JsonTree.list(terminal.run("list", "-s", store, "--json").json());

    assertThat(messages).hasSize(2);
    Map<String, Object> newest = JsonTree.map(messages.get(0));
    assertThat(newest)
        .containsEntry("id", ids[1])
        .containsEntry("subject", "京都旅行の写真")
        .containsEntry("folder", "INBOX")
        .containsEntry("unread", true)
        .containsEntry("receivedAt", "2026-11-20T13:00:00Z");
    assertThat(JsonTree.map(JsonTree.list(newest, "from").get(0)))
        .containsEntry("name", "佐藤 花子")
        .containsEntry("address", "hanako@example.jp");
  }

  @Test
  void markingAsReadTakesAMessageOffTheUnread() {
    assertThat(terminal.run("mark", ids[0], "--read", "-s", store).code()).isZero();

    Result unread = terminal.run("list", "--unread", "-s", store);
    assertThat(unread.out()).startsWith(ids[1]).doesNotContain(ids[0]);
    assertThat(terminal.run("mark", ids[0], "--unread", "-s", store, "--json").json())
        .isEqualTo(Map.of("marked", 1L, "outcome", "here", "refused", List.of()));
    assertThat(terminal.run("list", "--unread", "-s", store).out()).contains(ids[0]);
  }

  @Test
  void showPrintsWhoWhatAndTheText() {
    Result run = terminal.run("show", ids[0], "--store", store);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("From:       Harbor <billing@harbor.example>")
        .contains("Subject:    Invoice 17")
        .contains("Attachment: a.pdf (application/octet-stream, 3.0 kB)")
        .endsWith("\n\nHello.\n");
  }

  @Test
  void showPrintsHtmlAndHeadersWhenAsked() {
    assertThat(terminal.run("show", ids[2], "--html", "-s", store).out())
        .isEqualTo("<p>At noon?</p>\n");
    assertThat(terminal.run("show", ids[2], "--headers", "-s", store).out())
        .contains("From: Bob <bob@example.org>\n", "MIME-Version: 1.0\n");
    assertThat(terminal.run("show", ids[0], "--html", "-s", store).code()).isEqualTo(9);
  }

  @Test
  void showAsJsonHasTextAndAttachments() {
    Map<String, Object> shown =
        JsonTree.map(terminal.run("show", ids[0], "-s", store, "--json").json());

    assertThat(shown).containsEntry("text", "Hello.\n").containsEntry("html", "null");
    assertThat(JsonTree.map(JsonTree.list(shown, "attachments").get(0)))
        .containsEntry("fileName", "a.pdf")
        .containsEntry("sizeInBytes", 3000L);
  }

  @Test
  void searchMeetsAllConditions() {
    assertThat(terminal.run("search", "noon", "-s", store).out()).startsWith(ids[2]);
    assertThat(terminal.run("search", "--from", "billing@", "-s", store).out()).startsWith(ids[0]);
    assertThat(terminal.run("search", "--subject", "旅行", "-s", store).out()).startsWith(ids[1]);
    assertThat(terminal.run("search", "--unread", "--from", "bob", "-s", store).out()).isEmpty();
    assertThat(terminal.run("search", "--since", "2026-11-20T13:30", "-s", store).out().lines())
        .hasSize(1);
    assertThat(terminal.run("search", "--before", "2026-11-20T12:30", "-s", store).out())
        .startsWith(ids[0]);
    assertThat(terminal.run("search", "--larger", "2k", "-s", store).out().lines()).hasSize(1);
  }

  @Test
  void searchFindsNothingWithoutFailing() {
    Result run = terminal.run("search", "nowhere", "--store", store);

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("no message matches\n");
    assertThat(terminal.run("search", "nowhere", "-s", store, "--json").json())
        .isEqualTo(List.of());
  }

  @Test
  void searchKeepsToAFolderAnOrderAndALimit() {
    assertThat(terminal.run("search", "--since", "2026-01-01", "-f", "INBOX", "-s", store).out())
        .contains(ids[0], ids[1])
        .doesNotContain(ids[2]);
    Result largest =
        terminal.run("search", "--since", "2026-01-01", "--sort", "largest", "-n", 1, "-s", store);
    assertThat(largest.out()).startsWith(ids[0]).hasLineCount(1);
    assertThat(largest.err()).contains("--limit");
  }
}
