// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.cli.CapturedTerminal.Result;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.Fixture;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a real server. */
@MailServerTest
class DovecotCommandsTest {
  private final CapturedTerminal terminal =
      new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
  private final Path directory;

  DovecotCommandsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void whatIsExportedIsByteForByteWhatTheServerHeld(DovecotServer server) throws IOException {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    Fixture.canonical().forEach(fixture -> inbox.deliver(fixture.raw()));
    List<String> held = inbox.messages().stream().map(DovecotCommandsTest::text).toList();
    Path ca = server.certificates().writeAuthorityPem(directory);
    Path store = directory.resolve("store");
    Path out = directory.resolve("out");

    Result sync =
        terminal.run(
            "sync",
            server.pop3sUrl(),
            "-u",
            "alice",
            "--ca",
            ca,
            "-s",
            store,
            "--removal",
            "after-download");
    Result export = terminal.run("export", "-s", store, "--to", out, "--format", "eml");

    assertThat(sync.code()).as(sync.toString()).isZero();
    assertThat(export.code()).as(export.toString()).isZero();
    assertThat(inbox.count()).isZero();
    try (Stream<Path> files = Files.list(out.resolve("INBOX"))) {
      assertThat(files.map(DovecotCommandsTest::text)).containsExactlyInAnyOrderElementsOf(held);
    }
    assertThat(terminal.run("verify", "-s", store).code()).isZero();
  }

  private static String text(HeldMessage message) {
    return new String(message.raw(), StandardCharsets.ISO_8859_1);
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void checkFindsDovecot(DovecotServer server) {
    server.user("alice", "secret").inbox().deliver(Fixture.PLAIN.raw());
    Path ca = server.certificates().writeAuthorityPem(directory);

    Result tls = terminal.run("check", server.pop3sUrl(), "-u", "alice", "--ca", ca);
    Result upgraded = terminal.run("check", server.pop3Url(), "-u", "alice", "--ca", ca);

    assertThat(tls.code()).as(tls.toString()).isZero();
    assertThat(tls.out()).contains("Dovecot").containsPattern("messages +1");
    assertThat(upgraded.code()).as(upgraded.toString()).isZero();
    assertThat(upgraded.out()).containsPattern("security +TLS");
  }
}
