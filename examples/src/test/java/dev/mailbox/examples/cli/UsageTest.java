// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.cli.CapturedTerminal.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, and command lines that make no sense. */
class UsageTest {
  private final CapturedTerminal terminal =
      new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
  private final Path directory;

  UsageTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void helpNamesCommandsAndExitCodes() {
    Result run = terminal.run("--help");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("check", "sync", "folders", "list", "show", "search", "save", "export", "verify")
        .contains("mark", "move", "trash", "append")
        .contains("Exit codes:", "MAILBOX_PASSWORD");
    for (ExitCode code : ExitCode.values()) {
      assertThat(run.out()).containsPattern("(?m)^ +" + code.number() + "  +\\w");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "sync",
        "folders",
        "list",
        "show",
        "search",
        "mark",
        "move",
        "trash",
        "append",
        "save",
        "export",
        "verify",
        "fake-server"
      })
  void eachCommandHasHelpThatFits(String command) {
    Result run = terminal.run(command, "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: mailbox " + command).contains("--json");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "list --nonsense",
        "list --limit 0 --store STORE",
        "list --limit many --store STORE",
        "list --folder a//b --store STORE",
        "show --store STORE",
        "show no/id --store STORE",
        "show a b --store STORE",
        "show m1-1",
        "save imaps://h --to x --user u --store STORE",
        "show m1-1 --raw --html --store STORE",
        "search --store STORE",
        "search --since someday --store STORE",
        "search x --sort colour --store STORE",
        "mark m1-1 --store STORE",
        "mark --read --store STORE",
        "mark m1-1 --read",
        "mark imaps://h --read -u u --store STORE",
        "mark imaps://h m1-1 --read -u u",
        "mark m1-1 --read --unread --store STORE",
        "mark m1-1 --set junk --clear JUNK --store STORE",
        "mark m1-1 --set \\Deleted --store STORE",
        "move m1-1 --store STORE",
        "move m1-1 --to a//b --store STORE",
        "trash --store STORE",
        "trash imaps://h m1-1 -u u",
        "append",
        "append --store STORE --flag \\Recent",
        "append --store STORE --received someday",
        "append --store STORE --folder a//b",
        "append pop3s://h --user u",
        "search imaps://h --user u",
        "search x",
        "sync imaps://h --user u --store STORE --folder a//b",
        "export --format tar --to x --store STORE",
        "check",
        "check pop3s://h",
        "check http://h:80 --user u",
        "check smtp://h:25 --user u",
        "check pop3s://u:secret@h",
        "check pop3s://h --user u --insecure",
        "check pop3://h?tls=none --user u",
        "check pop3s://h --user u --ca missing.pem",
        "check pop3s://h --user u --oauth",
        "check pop3s://h --user u --timeout 0",
        "sync pop3s://h --user u --store STORE --bodies some",
        "sync pop3s://h --user u --store STORE --removal always",
        "sync pop3s://h --user u --store STORE --newest 0"
      })
  void nonsenseIsAUsageErrorInOneSentence(String line) {
    Path store = directory.resolve("store");
    StoreFixture.fill(store, mail("one"));
    String filled = line.replace("STORE", store.toString());

    Result run = terminal.run(line.isEmpty() ? new Object[0] : filled.split(" ", -1));

    assertThat(run.code()).as(run.toString()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("mailbox: ").doesNotContain("\tat ", "secret");
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(3);
  }

  @Test
  void usageErrorsAreJsonWhenAsked() {
    assertThat(terminal.run("list", "--nonsense", "--json").jsonError())
        .containsEntry("exitCode", 2L)
        .containsEntry("kind", "usage");
  }

  @Test
  void withoutAPasswordThereIsAHint() {
    Result run = new CapturedTerminal().run("check", "pop3s://h", "--user", "u");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "mailbox: no password\nhint: set MAILBOX_PASSWORD, or run it in"
                + " a terminal to be asked\n");
  }

  @Test
  void lookingForAStoreMakesNone() {
    Path missing = directory.resolve("missing");

    Result run = terminal.run("list", "--store", missing);

    assertThat(run.code()).isEqualTo(9);
    assertThat(run.err()).contains("there is no mailbox store in " + missing, "mailbox sync");
    assertThat(missing).doesNotExist();
  }

  @Test
  void messagesAndFoldersThatAreNotThereAreNotFound() {
    Path store = directory.resolve("store");
    StoreFixture.fill(store, mail("one"));

    assertThat(terminal.run("show", "m1-1", "-s", store).code()).isEqualTo(9);
    assertThat(terminal.run("save", "m1-1", "-s", store, "--to", directory).code()).isEqualTo(9);
    Result folder = terminal.run("list", "--folder", "Nowhere", "-s", store, "--json");
    assertThat(folder.code()).isEqualTo(9);
    assertThat(folder.jsonError()).containsEntry("kind", "not-found");
  }

  @Test
  void aPlainFileIsNoStore() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "text");

    Result run = terminal.run("list", "--store", file);

    assertThat(run.code()).as(run.toString()).isEqualTo(8);
  }
}
