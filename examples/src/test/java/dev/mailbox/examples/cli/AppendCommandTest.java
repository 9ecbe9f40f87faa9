// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.Protocol;
import dev.mailbox.examples.cli.CapturedTerminal.Result;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.ServerAccount;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.mail.Fixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** append: from files and from standard input, to a server, to a store, and to both. */
@MailServerTest
class AppendCommandTest {
  private final CapturedTerminal terminal =
      new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
  private final Path directory;
  private FakeMailServer server;
  private ServerAccount alice;

  AppendCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void start(FakeMailServer freshServer) {
    server = freshServer;
    alice = server.user("alice", "secret");
  }

  private String url() {
    return Protocol.IMAP.url(server);
  }

  private Path store() {
    return directory.resolve("store");
  }

  private Path file(String name) throws IOException {
    return Files.write(directory.resolve(name + ".eml"), mail(name).build());
  }

  private void sync(Protocol protocol) {
    Result run = terminal.run("sync", protocol.url(server), "-u", "alice", "-s", store());
    assertThat(run.code()).as(run.toString()).isZero();
  }

  @Test
  void aServerNeedsNoStore() throws IOException {
    Path one = file("one");
    Path two = file("two");

    Result run = terminal.run("append", url(), one, two, "-u", "alice", "--flag", "read");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("uid:\\d+:\\d+ .*\\.eml: on server"));
    assertThat(alice.inbox().messages())
        .allMatch(message -> message.flags().contains("\\Seen"))
        .extracting(HeldMessage::raw)
        .containsExactly(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void aFolderOfTheServerIsFoundWithoutAStore() throws IOException {
    alice.folder("Sent");

    Result sent = terminal.run("append", url(), file("one"), "-u", "alice", "-f", "Sent");
    Result nowhere = terminal.run("append", url(), file("two"), "-u", "alice", "-f", "Nowhere");

    assertThat(sent.code()).as(sent.toString()).isZero();
    assertThat(alice.folder("Sent").count()).isEqualTo(1);
    assertThat(nowhere.code()).as(nowhere.toString()).isEqualTo(9);
    assertThat(nowhere.err()).contains("there is no folder Nowhere");
  }

  @Test
  void aFolderIsMadeWhenTold() throws IOException {
    Result run = terminal.run("append", url(), file("one"), "-u", "alice", "-f", "New", "--create");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(alice.folder("New").count()).isEqualTo(1);
  }

  @Test
  void aFolderThatOnlyTheServerKnowsIsFoundWithAStoreToo() throws IOException {
    sync(Protocol.IMAP);
    alice.folder("New");

    Result run =
        terminal.run("append", url(), file("one"), "-u", "alice", "-f", "New", "-s", store());

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(alice.folder("New").count()).isEqualTo(1);
  }

  @Test
  void aFileWithTheLineEndsOfUnixGetsThoseOfMail() {
    byte[] mail = mail("typed").text("One.\nTwo.\n").build();
    String unix = new String(mail, StandardCharsets.US_ASCII).replace("\r\n", "\n");

    Result run =
        terminal
            .typing(unix.getBytes(StandardCharsets.US_ASCII))
            .run("append", url(), "-", "-u", "alice");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(alice.inbox().messages().get(0).raw()).isEqualTo(mail);
  }

  @Test
  void anyOtherFileStaysByteForByte() throws IOException {
    byte[] raw = Fixture.MIXED_LINE_ENDS.raw();
    Path file = Files.write(directory.resolve("mixed.eml"), raw);
    StoreFixture.fill(store(), mail("one"));

    Result run = terminal.run("append", file, "-s", store());

    String id = run.out().split(" ", 2)[0];
    assertThat(terminal.run("show", id, "--raw", "-s", store()).bytes()).isEqualTo(raw);
  }

  @Test
  void standardInputIsOneMessage() {
    byte[] raw = mail("typed").build();

    Result run = terminal.typing(raw).run("append", url(), "-u", "alice", "--json");

    assertThat(run.code()).as(run.toString()).isZero();
    Map<String, Object> appended =
        JsonTree.map(JsonTree.list(JsonTree.map(run.json()), "appended").get(0));
    assertThat(appended).containsEntry("file", "-").containsEntry("outcome", "on-server");
    assertThat(alice.inbox().messages().get(0).raw()).isEqualTo(raw);
  }

  @Test
  void aStoreAloneKeepsItForTheNextSync() throws IOException {
    sync(Protocol.IMAP);

    Result run =
        terminal.run("append", file("one"), "-s", store(), "--received", "2026-11-01T08:00:00Z");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).endsWith("one.eml: queued; the next sync brings it to the server\n");
    String id = run.out().split(" ", 2)[0];
    assertThat(terminal.run("list", "-s", store()).out()).startsWith(id).contains("2026-11-01");
    assertThat(alice.inbox().count()).isZero();
    sync(Protocol.IMAP);
    assertThat(alice.inbox().count()).isEqualTo(1);
    assertThat(terminal.run("list", "-s", store()).out()).startsWith(id).hasLineCount(1);
  }

  @Test
  void withBothItIsInBoth() throws IOException {
    sync(Protocol.IMAP);

    Result run = terminal.run("append", url(), file("one"), "-u", "alice", "-s", store());

    assertThat(run.out()).endsWith("one.eml: on server\n");
    assertThat(alice.inbox().count()).isEqualTo(1);
    assertThat(terminal.run("show", run.out().split(" ", 2)[0], "-s", store()).code()).isZero();
  }

  @Test
  void aPop3ServerTakesNoMailButTheStoreDoes() throws IOException {
    sync(Protocol.POP3);
    String url = Protocol.POP3.url(server);

    Result alone = terminal.run("append", url, file("one"), "-u", "alice");
    Result stored = terminal.run("append", url, file("one"), "-u", "alice", "-s", store());

    assertThat(alone.code()).as(alone.toString()).isEqualTo(2);
    assertThat(alone.err()).contains("say --store");
    assertThat(stored.out()).endsWith("one.eml: here\n");
    assertThat(alice.inbox().count()).isZero();
  }

  @Test
  void whatNeitherTheServerNorAStoreHasIsNotCalledDone() throws IOException {
    String url;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      url = "imap://localhost:" + socket.getLocalPort() + "?tls=none";
    }

    Result run = terminal.run("append", url, file("one"), "-u", "alice");

    assertThat(run.code()).as(run.toString()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whatWentInBeforeAFailureIsTold() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.eml"));

    Result run = terminal.run("append", url(), file("one"), empty, file("two"), "-u", "alice");

    assertThat(run.code()).as(run.toString()).isEqualTo(2);
    assertThat(run.out()).hasLineCount(1).endsWith("one.eml: on server\n");
    assertThat(run.err()).contains("there is no message in " + empty);
    assertThat(alice.inbox().count()).isEqualTo(1);
  }

  @Test
  void filesThatAreMissingAreFoundBeforeAnythingIsDone() throws IOException {

    Result missing = terminal.run("append", url(), file("one"), "no.eml", "-u", "alice");
    Result folder = terminal.run("append", url(), directory, "-u", "alice");

    assertThat(List.of(missing.code(), folder.code())).containsExactly(9, 9);
    assertThat(missing.err()).contains("there is no file no.eml");
    assertThat(alice.inbox().count()).isZero();
  }
}
