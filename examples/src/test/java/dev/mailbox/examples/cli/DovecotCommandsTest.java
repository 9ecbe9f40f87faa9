// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.Protocol;
import dev.mailbox.examples.cli.CapturedTerminal.Result;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.ServerAccount;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.mail.Fixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line against a real server. */
@MailServerTest
class DovecotCommandsTest {
  private final CapturedTerminal terminal =
      new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
  private final Path directory;

  DovecotCommandsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @EnumSource
  void whatIsExportedIsByteForByteWhatTheServerHeld(Protocol protocol, DovecotServer server)
      throws IOException {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    Fixture.canonical().forEach(fixture -> inbox.deliver(fixture.raw()));
    List<String> held =
        inbox.messages().stream().map(message -> served(text(message), protocol)).toList();
    Path ca = server.certificates().writeAuthorityPem(directory);
    Path store = directory.resolve("store");
    Path out = directory.resolve("out");

    Result sync =
        terminal.run(
            "sync",
            protocol.secureUrl(server),
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

  /** IMAP has no NUL: this server shows another byte instead. */
  private static String served(String held, Protocol protocol) {
    return protocol == Protocol.IMAP ? held.replace('\0', '\u0080') : held;
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

  @ParameterizedTest
  @EnumSource
  void checkFindsDovecot(Protocol protocol, DovecotServer server) {
    server.user("alice", "secret").inbox().deliver(Fixture.PLAIN.raw());
    Path ca = server.certificates().writeAuthorityPem(directory);
    String upgrade = protocol.url(server).replace("?tls=none", "");

    Result tls = terminal.run("check", protocol.secureUrl(server), "-u", "alice", "--ca", ca);
    Result upgraded = terminal.run("check", upgrade, "-u", "alice", "--ca", ca);

    assertThat(tls.code()).as(tls.toString()).isZero();
    assertThat(tls.out()).contains("Dovecot").containsPattern("messages +1");
    assertThat(upgraded.code()).as(upgraded.toString()).isZero();
    assertThat(upgraded.out()).containsPattern("security +TLS");
  }

  @Test
  void aMessageIsPutInFoundMarkedMovedAndTrashed(DovecotServer server) throws IOException {
    ServerAccount alice = server.user("alice", "secret");
    Path ca = server.certificates().writeAuthorityPem(directory);
    Path store = directory.resolve("store");
    Path file = Files.write(directory.resolve("a.eml"), mail("Fähre").text("Um acht.\n").build());
    Object[] atServer = {server.imapsUrl(), "-u", "alice", "--ca", ca};

    Result append = run("append", atServer, file, "--flag", "Urgent");
    Result there = run("search", atServer, "--subject", "fähre");
    Result sync = run("sync", atServer, "-s", store);
    String id = terminal.run("list", "-s", store).out().split(" ", 2)[0];
    Result mark = run("mark", atServer, id, "--read", "--clear", "Urgent", "-s", store);
    Result move = run("move", atServer, id, "--to", "Été/Grèce", "--create", "-s", store);

    for (Result run : List.of(append, there, sync, mark, move)) {
      assertThat(run.code()).as(run.toString()).isZero();
    }
    assertThat(append.out()).contains("on server");
    assertThat(there.out()).hasLineCount(1).contains("Fähre");
    assertThat(mark.out()).isEqualTo("1 message marked: on server\n");
    assertThat(move.out()).isEqualTo("1 message moved to Été/Grèce: on server\n");
    assertThat(alice.inbox().count()).isZero();
    Result trash = run("trash", atServer, id, "-s", store);
    assertThat(trash.code()).as(trash.toString()).isZero();
    HeldMessage held = alice.folder("Trash").messages().get(0);
    assertThat(held.flags()).containsExactly("\\Seen");
    assertThat(text(held)).isEqualTo(text(file).replace("\r", ""));
  }

  private Result run(String command, Object[] server, Object... more) {
    return terminal.run(
        Stream.of(Stream.of(command), Stream.of(server), Stream.of(more))
            .flatMap(words -> words)
            .toArray());
  }
}
