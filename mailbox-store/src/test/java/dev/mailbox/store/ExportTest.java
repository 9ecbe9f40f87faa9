// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ExportFormat;
import dev.mailbox.ExportReport;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.sync.BodyPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportTest {
  private static final List<String> TEXTS =
      List.of(
          StoreFixture.mail("plain"),
          StoreFixture.mail("from", "From me\r\n>From you\r\n>>From us\r\nFrom\r\n From x\r\n"),
          StoreFixture.mail("binary", "\0\u00ff\u00fe bare\rcr\r\n"),
          StoreFixture.mailOfSize("large", 600_000) + "\r\n",
          StoreFixture.mail("partial", "Fro\r\n>Fr\r\n>\r\n>>\r\nFromage\r\n"));
  private Path target;
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    target = directory.resolve("export");
    mailbox = StoreFixture.offline(directory.resolve("store"));
    for (int i = 0; i < TEXTS.size(); i++) {
      StoreFixture.append(mailbox.inbox(), TEXTS.get(i), StoreFixture.NOON.plusSeconds(i));
    }
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** Reads an mbox file as the mboxrd format says; line ends become CR LF. */
  private static List<String> mboxrd(String text) {
    List<String> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    for (String line : text.split("(?<=\n)", -1)) {
      if (line.startsWith("From ")) {
        end(messages, message);
      } else {
        message.append(line.matches("(?s)>+From .*") ? line.substring(1) : line);
      }
    }
    end(messages, message);
    return messages;
  }

  private static void end(List<String> messages, StringBuilder message) {
    if (message.length() > 0) {
      message.setLength(message.length() - 1);
      messages.add(message.toString().replace("\n", "\r\n"));
      message.setLength(0);
    }
  }

  @Test
  void emlFilesHaveExactlyTheBytes() throws IOException {
    ExportReport report = mailbox.export(ExportFormat.EML, target);
    assertThat(report.messages()).isEqualTo(TEXTS.size());
    assertThat(report.bytes()).isEqualTo(TEXTS.stream().mapToLong(String::length).sum());
    assertThat(list(target.resolve("INBOX")).stream().map(ExportTest::read))
        .containsExactlyInAnyOrderElementsOf(TEXTS);
    assertThat(list(target.resolve("INBOX"))).allMatch(file -> file.toString().endsWith(".eml"));
  }

  @Test
  void mboxCanBeReadBack() {
    mailbox.export(ExportFormat.MBOX, target);
    String text = read(target.resolve("INBOX.mbox"));
    assertThat(text).startsWith("From bob@example.org Sun Mar 01 12:00:00 2026\n");
    assertThat(mboxrd(text)).containsExactlyElementsOf(TEXTS);
  }

  @Test
  void maildirHasFlagsAndExactlyTheBytes() throws IOException {
    StoreFixture.bySubject(mailbox, "plain").mark(Flag.SEEN, Flag.FLAGGED, Flag.keyword("x"));
    mailbox.export(ExportFormat.MAILDIR, target);
    Path inbox = target.resolve("INBOX");
    assertThat(list(inbox))
        .extracting(p -> p.getFileName().toString())
        .containsExactly("cur", "new", "tmp");
    List<Path> files = list(inbox.resolve("cur"));
    assertThat(files.stream().map(ExportTest::read)).containsExactlyInAnyOrderElementsOf(TEXTS);
    assertThat(files).filteredOn(f -> f.toString().endsWith(":2,FS")).hasSize(1);
    assertThat(files).filteredOn(f -> f.toString().endsWith(":2,")).hasSize(TEXTS.size() - 1);
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void targetThatIsNotEmptyIsRefused(ExportFormat format) throws IOException {
    Files.createDirectories(target);
    Path mine = Files.createFile(target.resolve("mine"));
    assertThatThrownBy(() -> mailbox.export(format, target))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS));
    assertThat(list(target)).containsExactly(mine);
    assertThatThrownBy(() -> mailbox.export(format, mine)).isInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void hostileFolderNamesStayInsideTheTarget(ExportFormat format) throws IOException {
    List<String> names =
        List.of(
            "..",
            ".",
            "../up",
            "/etc",
            "a\\b",
            "CON",
            "nul.txt",
            "ends.",
            " ",
            "é".repeat(200),
            "A",
            "a");
    for (String name : names) {
      StoreFixture.append(mailbox.createFolder(FolderPath.of(name)), StoreFixture.mail("in"));
    }
    ExportReport report = mailbox.export(format, target);
    assertThat(report.messages()).isEqualTo(TEXTS.size() + names.size());
    assertThat(list(target)).hasSize(names.size() + 1);
    assertThat(list(target.resolveSibling("."))).hasSize(2);
  }

  @Test
  void bodiesThatAreNotHereAreCounted(@TempDir Path other) {
    TestRemote remote = TestRemote.local();
    remote.bodies = BodyPolicy.onDemand();
    remote.server.deliver(StoreFixture.mail("header"));
    try (Mailbox headers = StoreFixture.open(other, remote)) {
      headers.sync();
      ExportReport report = headers.export(ExportFormat.EML, target);
      assertThat(report).isEqualTo(new ExportReport(0, 0, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void messageThatIsDeletedMeanwhileIsLeftOut(ExportFormat format) throws IOException {
    List<Message> newest = mailbox.inbox().newest(2);
    ExportReport report =
        mailbox.export(format, target, progress -> newest.forEach(Message::delete));
    assertThat(report.messages()).isEqualTo(TEXTS.size() - 2);
    try (Stream<Path> files = Files.walk(target)) {
      String all = files.filter(Files::isRegularFile).map(ExportTest::read).collect(joining());
      assertThat(all).doesNotContain("Subject: partial").contains("Subject: plain");
    }
  }
}
