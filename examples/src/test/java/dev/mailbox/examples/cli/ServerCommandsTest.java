// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.cli.CapturedTerminal.Result;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** check and sync, as a person uses them. */
@MailServerTest
class ServerCommandsTest {
  private final CapturedTerminal terminal =
      new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
  private final Path directory;

  ServerCommandsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path store() {
    return directory.resolve("store");
  }

  private static ServerFolder inbox(FakeMailServer server, int mails) {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    for (int i = 1; i <= mails; i++) {
      inbox.deliver(mail("Mail " + i));
    }
    return inbox;
  }

  @Test
  void checkTellsWhatWasFound(FakeMailServer server) {
    inbox(server, 2);
    Path ca = server.certificates().writeAuthorityPem(directory);

    Result run = terminal.run("check", server.pop3sUrl(), "--user", "alice", "--ca", ca);

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out())
        .startsWith("Logged in to " + server.pop3sUrl() + " as alice\n")
        .containsPattern("protocol +POP3")
        .containsPattern("security +TLS")
        .containsPattern("messages +2");
  }

  @Test
  void checkAsJson(FakeMailServer server) {
    inbox(server, 2);

    Result run = terminal.run("check", server.pop3Url(), "--user", "alice", "--insecure", "--json");

    assertThat(JsonTree.map(run.json()))
        .containsEntry("protocol", "POP3")
        .containsEntry("security", "none")
        .containsEntry("messages", 2L);
  }

  @Test
  void syncKeepsTheServersMailUnlessToldOtherwise(FakeMailServer server) {
    ServerFolder inbox = inbox(server, 3);
    Path ca = server.certificates().writeAuthorityPem(directory);

    Result first =
        terminal.run("sync", server.pop3sUrl(), "-u", "alice", "--ca", ca, "-s", store());
    Result second =
        terminal.run("sync", server.pop3sUrl(), "-u", "alice", "--ca", ca, "-s", store());

    assertThat(first.code()).as(first.toString()).isZero();
    assertThat(first.out()).startsWith("3 messages downloaded");
    assertThat(second.out()).startsWith("0 messages downloaded");
    assertThat(inbox.count()).isEqualTo(3);
    assertThat(terminal.run("list", "-s", store()).out()).contains("Mail 1", "Mail 2", "Mail 3");
  }

  @Test
  void syncRemovesAfterDownloadWhenTold(FakeMailServer server) {
    ServerFolder inbox = inbox(server, 3);
    String url = server.pop3Url().replace("pop3://", "pop3://alice@");

    Result run =
        terminal.run(
            "sync", url, "--insecure", "-s", store(), "--removal", "after-download", "--json");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(JsonTree.map(run.json()))
        .containsEntry("downloaded", 3L)
        .containsEntry("deleted", 3L)
        .containsEntry("problems", List.of());
    assertThat(inbox.count()).isZero();
  }

  @Test
  void syncTakesOnlyTheNewest(FakeMailServer server) {
    inbox(server, 5);

    Result run = sync(server, "--newest", "2");

    assertThat(run.out()).contains("2 messages downloaded", "3 messages left out");
    assertThat(terminal.run("list", "-s", store()).out())
        .contains("Mail 4", "Mail 5")
        .hasLineCount(2);
  }

  private Result sync(FakeMailServer server, String... more) {
    Object[] args = new Object[6 + more.length];
    System.arraycopy(
        new Object[] {
          "sync", server.pop3Url() + "?tls=none", "--user", "alice", "--store", store()
        },
        0,
        args,
        0,
        6);
    System.arraycopy(more, 0, args, 6, more.length);
    return terminal.run(args);
  }

  @Test
  void bodiesThatAreNotHereAreSaidToBeMissing(FakeMailServer server) {
    inbox(server, 0).deliver(mail("Only a header"));

    Result sync = sync(server, "--bodies", "on-demand");
    String id = terminal.run("list", "-s", store()).out().split(" ", 2)[0];

    assertThat(sync.out()).contains("1 message with headers only");
    assertThat(terminal.run("show", id, "--headers", "-s", store()).out())
        .contains("Subject: Only a header");
    Result show = terminal.run("show", id, "-s", store());
    assertThat(show.code()).isEqualTo(9);
    assertThat(show.err()).contains("the body of " + id + " is not here", "--bodies all");
    Result export = terminal.run("export", "-s", store(), "--to", directory.resolve("out"));
    assertThat(export.code()).isEqualTo(10);
    assertThat(export.err()).contains("1 message left out");
  }

  @Test
  void aPersonIsAskedForThePasswordAndSeesABar(FakeMailServer server) {
    inbox(server, 0).deliver(mail("hello"));
    CapturedTerminal person = new CapturedTerminal().interactive().answering("secret");

    Result run = person.run("sync", server.pop3Url() + "?tls=none", "-u", "alice", "-s", store());

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.err()).contains("\rdownloading ").contains("#").endsWith("\r");
  }

  @Test
  void aLogGetsLinesInsteadOfABar(FakeMailServer server) {
    inbox(server, 0).deliver(mail("hello"));

    Result run = sync(server);

    assertThat(run.err()).contains("downloading ").doesNotContain("\r", "#");
  }

  @Test
  void oauthTakesTheTokenFromTheEnvironment(FakeMailServer server) {
    FakeAccount unused = server.user("alice", "secret").token("ya29.token");
    terminal.set("MAILBOX_TOKEN", "ya29.token");

    Result run =
        terminal.run("check", server.pop3Url() + "?tls=none", "-u", "alice", "--oauth", "--json");

    assertThat(run.code()).as(run.toString()).isZero();
    Map<String, Object> report = JsonTree.map(run.json());
    assertThat(JsonTree.text(report, "mechanism")).matches("XOAUTH2|OAUTHBEARER");
  }
}
