// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.Protocol;
import dev.mailbox.examples.cli.CapturedTerminal.Result;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerAccount;
import dev.mailbox.testkit.junit.MailServerTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** search and sync of chosen folders, where the server has what is not here. */
@MailServerTest
class ServerSearchTest {
  private final CapturedTerminal terminal =
      new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
  private final Path directory;
  private FakeMailServer server;
  private ServerAccount alice;

  ServerSearchTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void deliver(FakeMailServer freshServer) {
    server = freshServer;
    alice = server.user("alice", "secret");
    alice.inbox().deliver(mail("Offer").from("Ivan <ivan@example.ru>").text("Из Сантьяго\n"));
    alice.inbox().deliver(mail("Lunch?").from("Bob <bob@example.org>").text("At noon?\n"));
    alice.folder("Bills").deliver(mail("Invoice").from("billing@shop.example").text("noon\n"));
  }

  private Path store() {
    return directory.resolve("store");
  }

  @ParameterizedTest
  @EnumSource
  void aServerIsSearchedWithoutAStore(Protocol protocol) {
    String url = protocol.url(server);

    Result subject = terminal.run("search", url, "--subject", "offer", "-u", "alice");
    Result text = terminal.run("search", url, "сантьяго", "-u", "alice", "--json");
    Result none = terminal.run("search", url, "--subject", "nothing", "-u", "alice");

    assertThat(subject.code()).as(subject.toString()).isZero();
    assertThat(subject.out()).hasLineCount(1).contains("Ivan", "Offer");
    assertThat(subject.out()).startsWith(protocol == Protocol.IMAP ? "uid:" : "uidl:");
    assertThat(JsonTree.map(JsonTree.list(text.json()).get(0)))
        .as("nobody can use an id of what is not kept")
        .containsEntry("id", "null")
        .containsEntry("subject", "Offer");
    assertThat(JsonTree.list(text.json())).hasSize(1);
    assertThat(none.code()).isZero();
    assertThat(none.err()).isEqualTo("no message matches\n");
    assertThat(alice.inbox().count()).isEqualTo(2);
  }

  @Test
  void allFoldersAreSearchedOrOne() {
    String url = Protocol.IMAP.url(server);

    Result all = terminal.run("search", url, "noon", "-u", "alice");
    Result one = terminal.run("search", url, "noon", "-u", "alice", "-f", "Bills");
    Result nowhere = terminal.run("search", url, "noon", "-u", "alice", "-f", "Nowhere");

    assertThat(all.out()).as(all.toString()).hasLineCount(2).contains("Lunch?", "Invoice");
    assertThat(one.out()).as(one.toString()).hasLineCount(1).contains("Invoice");
    assertThat(nowhere.code()).as(nowhere.toString()).isEqualTo(9);
  }

  @Test
  void withAStoreTheServerIsAskedForTheRest() {
    String url = Protocol.IMAP.url(server);
    terminal.run("sync", url, "-u", "alice", "-s", store(), "--newest", "1", "-f", "INBOX");

    Result here = terminal.run("search", "--subject", "offer", "-s", store());
    Result there = terminal.run("search", url, "--subject", "offer", "-u", "alice", "-s", store());
    String id = there.out().split(" ", 2)[0];

    assertThat(here.out()).isEmpty();
    assertThat(there.out()).as(there.toString()).hasLineCount(1).contains("Offer");
    assertThat(terminal.run("mark", id, "--read", "-s", store()).code()).isZero();
  }

  @Test
  void aServerThatCannotBeAskedIs4AndWhatIsHereIsShown() throws IOException {
    terminal.run("sync", Protocol.IMAP.url(server), "-u", "alice", "-s", store(), "--newest", "1");
    String closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      closed = "imap://localhost:" + socket.getLocalPort() + "?tls=none";
    }

    Result alone = terminal.run("search", closed, "noon", "-u", "alice");
    Result store = terminal.run("search", closed, "noon", "-u", "alice", "-s", store());

    assertThat(alone.code()).as(alone.toString()).isEqualTo(4);
    assertThat(store.code()).as(store.toString()).isEqualTo(4);
    assertThat(store.out()).contains("Lunch?");
  }

  @Test
  void searchThatCouldNotLookIntoAllBodiesSaysSo() {
    terminal.run(
        "sync", Protocol.IMAP.url(server), "-u", "alice", "-s", store(), "--bodies", "on-demand");

    Result text = terminal.run("search", "--text", "noon", "-s", store());
    Result subject = terminal.run("search", "--subject", "lunch", "-s", store());

    assertThat(text.code()).as(text.toString()).isZero();
    assertThat(text.err()).contains("no message matches", "was not searched");
    assertThat(subject.out()).contains("Lunch?");
    assertThat(subject.err()).isEmpty();
  }

  @Test
  void bodiesThatAreNotHereAreFetchedWhereThereIsAUrl() {
    String url = Protocol.IMAP.url(server);
    alice.inbox().deliver(mail("Photo").text("See this.\n").attachment("a.jpg", 100));
    terminal.run("sync", url, "-u", "alice", "-s", store(), "--bodies", "on-demand");
    String id = terminal.run("search", "--subject", "photo", "-s", store()).out().split(" ", 2)[0];
    Path saved = directory.resolve("saved");

    Result offline = terminal.run("show", id, "-s", store());
    Result show = terminal.run("show", url, id, "-u", "alice", "-s", store());
    Result save = terminal.run("save", url, id, "--to", saved, "-u", "alice", "-s", store());

    assertThat(offline.code()).isEqualTo(9);
    assertThat(offline.err()).contains("--bodies all", "URL");
    assertThat(show.code()).as(show.toString()).isZero();
    assertThat(show.out()).contains("See this.");
    assertThat(save.code()).as(save.toString()).isZero();
    assertThat(saved.resolve("a.jpg")).hasSize(100);
    assertThat(terminal.run("show", id, "-s", store()).out()).as("it stays").isEqualTo(show.out());
    assertThat(alice.inbox().messages())
        .as("looking is not reading")
        .noneMatch(message -> message.flags().contains("\\Seen"));
  }

  @Test
  void syncKeepsToTheFoldersThatAreNamed() {
    alice.folder("Lists").deliver(mail("Digest"));
    Object[] sync = {"sync", Protocol.IMAP.url(server), "-u", "alice", "-s", store()};

    Result two = run(sync, "--folder", "Bills", "-f", "Lists", "--json");
    Result folders = terminal.run("folders", "-s", store());
    Result nowhere = run(sync, "-f", "Nowhere");

    assertThat(JsonTree.map(two.json())).containsEntry("downloaded", 2L);
    assertThat(folders.out().lines())
        .anyMatch(line -> line.matches(" +1 total +1 unread +on server +Bills"))
        .anyMatch(line -> line.matches(" +1 total +1 unread +on server +Lists"))
        .anyMatch(line -> line.matches(" +0 total +0 unread +on server +INBOX +\\(inbox\\)"));
    assertThat(nowhere.code()).as(nowhere.toString()).isEqualTo(9);
    assertThat(nowhere.err()).contains("there is no folder Nowhere");
  }

  private Result run(Object[] command, Object... more) {
    List<Object> args = new ArrayList<>(List.of(command));
    args.addAll(List.of(more));
    return terminal.run(args.toArray());
  }

  @Test
  void checkSpeaksImap() {
    Path ca = server.certificates().writeAuthorityPem(directory);

    Result run = terminal.run("check", server.imapsUrl(), "-u", "alice", "--ca", ca);

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out())
        .containsPattern("protocol +IMAP")
        .containsPattern("security +TLS")
        .containsPattern("messages +2");
  }
}
