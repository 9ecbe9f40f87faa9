// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.examples.Protocol;
import dev.mailbox.examples.cli.CapturedTerminal.Result;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.ServerAccount;
import dev.mailbox.testkit.junit.MailServerTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** mark, move and trash: on a server, and in a store whose server comes later. */
@MailServerTest
class ActionCommandsTest {
  private static final String QUEUED = "queued; the next sync brings it to the server";

  private final CapturedTerminal terminal =
      new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
  private final Path store;
  private FakeMailServer server;
  private ServerAccount alice;

  ActionCommandsTest(@TempDir Path directory) {
    this.store = directory.resolve("store");
  }

  @BeforeEach
  void deliver(FakeMailServer freshServer) {
    server = freshServer;
    alice = server.user("alice", "secret");
    alice.inbox().deliver(mail("one"));
    alice.inbox().deliver(mail("two"));
  }

  /** The ids of the inbox's messages in the store, oldest first. */
  private List<String> sync(Protocol protocol) {
    Result run = terminal.run("sync", protocol.url(server), "-u", "alice", "-s", store);
    assertThat(run.code()).as(run.toString()).isZero();
    return ids("INBOX");
  }

  private List<String> ids(String folder) {
    Result run = terminal.run("list", "-f", folder, "-s", store, "--json");
    List<String> ids = new ArrayList<>();
    JsonTree.list(run.json()).forEach(one -> ids.add(JsonTree.text(JsonTree.map(one), "id")));
    Collections.reverse(ids);
    return ids;
  }

  /** Runs a command that has the server at hand. */
  private Result online(Protocol protocol, String command, Object... words) {
    List<Object> args = new ArrayList<>(List.of(command, protocol.url(server)));
    args.addAll(List.of(words));
    args.addAll(List.of("-u", "alice", "-s", store));
    return terminal.run(args.toArray());
  }

  private List<Set<String>> flagsOnServer() {
    return alice.inbox().messages().stream().map(HeldMessage::flags).toList();
  }

  @ParameterizedTest
  @EnumSource
  void aMarkIsOnTheServerAtOnceWhereThereIsAPlaceForIt(Protocol protocol) {
    String id = sync(protocol).get(0);

    Result run = online(protocol, "mark", id, "--read", "--set", "answered", "--set", "Urgent");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out())
        .isEqualTo("1 message marked: " + (protocol == Protocol.IMAP ? "on server\n" : "here\n"));
    assertThat(terminal.run("show", id, "-s", store).out())
        .containsPattern("Flags: .*\\\\Answered.*");
    if (protocol == Protocol.IMAP) {
      assertThat(flagsOnServer().get(0)).contains("\\Seen", "\\Answered", "Urgent");
      assertThat(flagsOnServer().get(1)).doesNotContain("\\Seen");
    }
  }

  @Test
  void aFolderThatOnlyTheServerKnowsIsFound() {
    String id = sync(Protocol.IMAP).get(0);
    alice.folder("New");

    Result run = online(Protocol.IMAP, "move", id, "--to", "New");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(alice.folder("New").count()).isEqualTo(1);
    assertThat(ids("New")).containsExactly(id);
  }

  @Test
  void flagsAreSetAndClearedTogether() {
    String id = sync(Protocol.IMAP).get(0);
    online(Protocol.IMAP, "mark", id, "--read");

    Result run = online(Protocol.IMAP, "mark", id, "--unread", "--flag", "--json");

    assertThat(run.json())
        .isEqualTo(Map.of("marked", 1L, "outcome", "on-server", "refused", List.of()));
    assertThat(flagsOnServer().get(0)).contains("\\Flagged").doesNotContain("\\Seen");
  }

  @Test
  void withoutTheServerItWaitsForTheNextSync() {
    List<String> ids = sync(Protocol.IMAP);

    Result mark = terminal.run("mark", ids.get(0), ids.get(1), "--read", "-s", store);
    Result trash = terminal.run("trash", ids.get(1), "-s", store, "--json");

    assertThat(mark.code()).as(mark.toString()).isZero();
    assertThat(mark.out()).isEqualTo("2 messages marked: " + QUEUED + "\n");
    assertThat(JsonTree.map(trash.json())).containsEntry("outcome", "queued");
    assertThat(ids("INBOX")).containsExactly(ids.get(0));
    assertThat(flagsOnServer()).noneMatch(flags -> flags.contains("\\Seen")).hasSize(2);
    sync(Protocol.IMAP);
    assertThat(flagsOnServer()).allMatch(flags -> flags.contains("\\Seen")).hasSize(1);
    assertThat(alice.folder("Trash").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatIsMovedKeepsItsId(Protocol protocol) {
    List<String> ids = sync(protocol);

    Result missing = online(protocol, "move", ids.get(0), "--to", "Bills");
    Result made = online(protocol, "move", ids.get(0), "--to", "Bills", "--create");
    Result again = online(protocol, "move", ids.get(1), "--to", "Bills");

    assertThat(missing.code()).isEqualTo(9);
    assertThat(missing.err()).contains("there is no folder Bills");
    assertThat(made.out()).startsWith("1 message moved to Bills: ");
    assertThat(again.code()).as(again.toString()).isZero();
    assertThat(ids("Bills")).containsExactlyElementsOf(ids);
    assertThat(alice.folder("Bills").count()).isEqualTo(protocol == Protocol.IMAP ? 2 : 0);
    assertThat(alice.inbox().count()).isEqualTo(protocol == Protocol.IMAP ? 0 : 2);
  }

  @ParameterizedTest
  @EnumSource
  void theTrashIsMadeWhenItIsNeeded(Protocol protocol) {
    List<String> ids = sync(protocol);

    Result run = online(protocol, "trash", ids.get(0), ids.get(0));

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).startsWith("1 message moved to the trash: ");
    Result folders = terminal.run("folders", "-s", store);
    String place = protocol == Protocol.IMAP ? "on server" : "here     ";
    assertThat(folders.out().lines())
        .anyMatch(l -> l.endsWith("1 total      1 unread  " + place + "  Trash  (trash)"))
        .anyMatch(l -> l.endsWith("1 total      1 unread  " + place + "  INBOX  (inbox)"));
  }

  @Test
  void anUnreachableServerIs4AndTheStoreKeepsWhatIsToBeDone() throws IOException {
    String id = sync(Protocol.IMAP).get(0);

    Result run = terminal.run("mark", closedPort(), id, "--read", "-u", "alice", "-s", store);

    assertThat(run.code()).as(run.toString()).isEqualTo(4);
    assertThat(run.out()).isEqualTo("1 message marked: " + QUEUED + "\n");
    assertThat(run.err()).startsWith("mailbox: ").contains("hint: check the port");
    sync(Protocol.IMAP);
    assertThat(flagsOnServer().get(0)).contains("\\Seen");
  }

  private static String closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      return "imap://localhost:" + socket.getLocalPort() + "?tls=none";
    }
  }

  @Test
  void aWrongPasswordIs3AndSaysHowFarItGot() {
    String id = sync(Protocol.IMAP).get(0);
    terminal.set("MAILBOX_PASSWORD", "wrong-one");

    Result run = online(Protocol.IMAP, "trash", id, "--json");

    assertThat(run.code()).as(run.toString()).isEqualTo(3);
    assertThat(JsonTree.map(run.json())).containsEntry("outcome", "queued");
    assertThat(run.jsonError()).containsEntry("kind", "authentication");
  }

  @Test
  void whatTheServerRefusesLaterIsTold() {
    alice.folder("Bills");
    String id = sync(Protocol.IMAP).get(0);
    terminal.run("move", id, "--to", "Bills", "-s", store);
    try (Mailbox other = Mailbox.open(Protocol.IMAP.at(server, "alice").build())) {
      other.sync();
      other.folder(FolderPath.of("Bills")).orElseThrow().delete();
    }

    Object[] sync = {"sync", Protocol.IMAP.url(server), "-u", "alice", "-s", store};
    Result first = terminal.run(sync);
    Result second = terminal.run(sync);

    assertThat(first.code()).as(first.toString()).isEqualTo(10);
    assertThat(first.err()).contains("refused: ").contains("Bills", id);
    assertThat(ids("INBOX")).as("it is back").contains(id);
    assertThat(second.code()).as("told once: " + second).isZero();
  }
}
