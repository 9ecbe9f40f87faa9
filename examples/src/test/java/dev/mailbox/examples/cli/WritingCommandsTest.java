// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.cli.CapturedTerminal.Result;
import dev.mailbox.testkit.mail.Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** save, export and verify: what they write, and that they overwrite nothing. */
class WritingCommandsTest {
  private final CapturedTerminal terminal = new CapturedTerminal();
  private final Path directory;

  WritingCommandsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path store() {
    return directory.resolve("store");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void exportedFilesHaveExactlyTheBytesOfTheMessages() throws IOException {
    Fixture[] fixtures = Fixture.values();
    byte[][] raw = Stream.of(fixtures).map(Fixture::raw).toArray(byte[][]::new);
    String[] ids = StoreFixture.fill(store(), raw);
    Path target = directory.resolve("out");

    Result run = terminal.run("export", "--to", target, "--format", "eml", "-s", store());

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).startsWith(raw.length + " messages written");
    assertThat(files(target)).hasSize(raw.length);
    for (int i = 0; i < raw.length; i++) {
      assertThat(target.resolve("INBOX").resolve(ids[i] + ".eml"))
          .as(fixtures[i].name())
          .hasBinaryContent(raw[i]);
    }
  }

  @Test
  void showRawGivesExactlyTheBytes() {
    byte[] raw = Fixture.MIXED_LINE_ENDS.raw();
    String id = StoreFixture.fill(store(), raw)[0];

    assertThat(terminal.run("show", id, "--raw", "-s", store()).bytes()).isEqualTo(raw);
    Map<String, Object> json =
        JsonTree.map(terminal.run("show", id, "--raw", "--json", "-s", store()).json());
    assertThat(Base64.getDecoder().decode(JsonTree.text(json, "raw"))).isEqualTo(raw);
  }

  @Test
  void mboxAndMaildirAreWritten() throws IOException {
    StoreFixture.fill(store(), mail("one"), mail("two"));
    Path mbox = directory.resolve("mbox");
    Path maildir = directory.resolve("maildir");

    assertThat(terminal.run("export", "--to", mbox, "--format", "mbox", "-s", store()).code())
        .isZero();
    assertThat(terminal.run("export", "--to", maildir, "--format", "maildir", "-s", store()).code())
        .isZero();

    assertThat(Files.readString(mbox.resolve("INBOX.mbox")).lines())
        .filteredOn(line -> line.startsWith("From "))
        .hasSize(2);
    assertThat(files(maildir.resolve("INBOX").resolve("cur"))).hasSize(2);
  }

  @Test
  void exportRefusesADirectoryThatHoldsSomething() throws IOException {
    StoreFixture.fill(store(), mail("one"));
    Path target = Files.createDirectory(directory.resolve("out"));
    Path own = Files.writeString(target.resolve("mine.txt"), "mine");

    Result run = terminal.run("export", "--to", target, "-s", store());

    assertThat(run.code()).isEqualTo(8);
    assertThat(run.err()).contains("not empty").contains("hint: name a directory");
    assertThat(files(target)).containsExactly(own);
  }

  @Test
  void exportAsJsonCounts() {
    StoreFixture.fill(store(), Fixture.PLAIN.raw());

    Object json =
        terminal.run("export", "--to", directory.resolve("out"), "-s", store(), "--json").json();

    long bytes = Fixture.PLAIN.raw().length;
    assertThat(json).isEqualTo(Map.of("messages", 1L, "bytes", bytes, "notDownloaded", 0L));
  }

  @Test
  void saveNeverOverwrites() throws IOException {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    String id = StoreFixture.fill(store(), mail("m").attachment("../a.txt", content))[0];
    Path target = directory.resolve("saved");

    terminal.run("save", id, "--to", target, "-s", store());
    Path first = files(target).get(0);
    Files.writeString(first, "changed by me");
    Result again = terminal.run("save", id, "--to", target, "-s", store(), "--json");

    assertThat(again.code()).isZero();
    assertThat(files(target)).hasSize(2);
    assertThat(first).hasContent("changed by me");
    Map<String, Object> saved = JsonTree.map(JsonTree.list(again.json()).get(0));
    assertThat(saved).containsEntry("fileName", "../a.txt").containsEntry("sizeInBytes", 7L);
    assertThat(Path.of(JsonTree.text(saved, "file"))).hasBinaryContent(content);
    assertThat(files(directory)).allMatch(f -> f.startsWith(target) || f.startsWith(store()));
  }

  @Test
  void saveOfAMailWithoutAttachmentsSaysSo() {
    String id = StoreFixture.fill(store(), mail("m"))[0];

    Result run = terminal.run("save", id, "--to", directory.resolve("saved"), "-s", store());

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEqualTo("no attachments\n");
  }

  @Test
  void verifyFindsASoundStoreSound() {
    StoreFixture.fill(store(), mail("one"), mail("two"));

    Result run = terminal.run("verify", "-s", store());

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("2 messages read back").contains("all as they were stored");
    assertThat(JsonTree.map(terminal.run("verify", "-s", store(), "--json").json()))
        .containsEntry("sound", true)
        .containsEntry("messages", 2L);
  }

  @Test
  void verifyNamesADamagedMessage() throws IOException {
    String[] ids = StoreFixture.fill(store(), mail("one"), mail("m").text("xyzzy-plugh\n"));
    damage(store().resolve("mailbox.db"), "xyzzy-plugh");

    Result run = terminal.run("verify", "-s", store());

    assertThat(run.code()).as(run.toString()).isEqualTo(10);
    assertThat(run.out()).contains("damaged: " + ids[1]).doesNotContain(ids[0]);
  }

  /** Changes one letter wherever the database's file holds the text. */
  private static void damage(Path file, String text) throws IOException {
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    String changed = bytes.replace(text, "X" + text.substring(1));
    assertThat(changed).isNotEqualTo(bytes);
    Files.write(file, changed.getBytes(StandardCharsets.ISO_8859_1));
  }
}
