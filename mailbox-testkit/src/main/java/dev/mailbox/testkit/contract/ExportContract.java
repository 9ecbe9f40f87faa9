// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.testkit.contract.Account.ARCHIVE;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ExportFormat;
import dev.mailbox.ExportReport;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.RejectedException;
import dev.mailbox.sync.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Writing everything out: exactly the bytes, every message once, nothing overwritten. */
public interface ExportContract extends ContractSubject {
  @Test
  default void emlHasOneFileOfExactlyTheBytesForEachMessage() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      List<String> expected = account.held();
      Mailbox mailbox = withMailInTwoFolders(account);
      Path target = account.directory("export");

      ExportReport report = mailbox.export(ExportFormat.EML, target);

      List<Path> files = files(target);
      assertThat(files.stream().map(ExportContract::read))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(files).allMatch(file -> file.toString().endsWith(".eml"));
      assertThat(files.stream().map(Path::getParent).distinct()).hasSize(2);
      assertThat(report.messages()).isEqualTo(3);
      assertThat(report.bytes()).isEqualTo(expected.stream().mapToLong(String::length).sum());
    }
  }

  @Test
  default void maildirHasTheBytesAndTheFlags() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      List<String> expected = account.held();
      Mailbox mailbox = withMailInTwoFolders(account);
      bySubject(mailbox, "message 1").mark(Flag.SEEN, Flag.FLAGGED);
      Path target = account.directory("export");

      ExportReport report = mailbox.export(ExportFormat.MAILDIR, target);

      List<Path> files = files(target);
      List<Path> mails = files.stream().filter(ExportContract::isInMaildir).toList();
      assertThat(mails.stream().map(ExportContract::read))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(mails)
          .filteredOn(file -> read(file).contains("message number 1"))
          .singleElement()
          .satisfies(file -> assertThat(file.getFileName().toString()).endsWith(":2,FS"));
      assertThat(report.messages()).isEqualTo(3);
    }
  }

  private static boolean isInMaildir(Path file) {
    return file.toString().matches(".*[/\\\\](cur|new)[/\\\\][^/\\\\]+");
  }

  @Test
  default void mboxHasEveryMessageOnceWithFromLinesQuoted() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("quoted").body("From here on\n>From there\n>>From where\n From a space\n"),
              Mail.of("no end").body("last line without an end"),
              Mail.of("blank").body("\n\n\n"));
      Path target = account.directory("export");

      ExportReport report = mailbox.export(ExportFormat.MBOX, target);

      List<String> messages = files(target).stream().flatMap(ExportContract::unpacked).toList();
      assertThat(messages)
          .containsExactlyInAnyOrderElementsOf(
              account.held().stream().map(ExportContract::withoutTrailingBreaks).toList());
      assertThat(report.messages()).isEqualTo(3);
    }
  }

  /** The messages of an mboxrd file, with LF line ends, and without line ends at the end. */
  private static Stream<String> unpacked(Path mbox) {
    String[] messages = read(mbox).replace("\r\n", "\n").split("(?m)^From .*\n", -1);
    assertThat(messages[0]).as("what comes before the first separator").isEmpty();
    return Arrays.stream(messages, 1, messages.length)
        .map(message -> message.replaceAll("(?m)^>(>*From )", "$1"))
        .map(ExportContract::withoutTrailingBreaks);
  }

  private static String withoutTrailingBreaks(String message) {
    return message.replace("\r\n", "\n").replaceAll("\n+\\z", "");
  }

  @Test
  default void targetThatHoldsSomethingIsRefusedAndLeftAlone() throws IOException {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Path target = Files.createDirectories(account.directory("export"));
      Path precious = Files.writeString(target.resolve("precious"), "mine");

      for (ExportFormat format : ExportFormat.values()) {
        assertThatThrownBy(() -> mailbox.export(format, target))
            .isInstanceOf(RuntimeException.class)
            .hasMessageContaining(target.toString());
      }

      assertThat(files(target)).containsExactly(precious);
      assertThat(precious).hasContent("mine");
    }
  }

  @Test
  default void emptyDirectoryAndMissingDirectoriesAreFilled() throws IOException {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Path empty = Files.createDirectories(account.directory("empty"));
      Path missing = account.directory("missing").resolve("deep");

      assertThat(mailbox.export(ExportFormat.EML, empty).messages()).isEqualTo(1);
      assertThat(mailbox.export(ExportFormat.EML, missing).messages()).isEqualTo(1);

      assertThat(files(empty)).hasSize(1);
      assertThat(files(missing)).hasSize(1);
    }
  }

  @Test
  default void bodiesThatAreNotHereAreCountedAndLeftOut() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();
      assertThat(bySubject(mailbox, "message 2").content().text()).isNotEmpty();
      Path target = account.directory("export");

      ExportReport report = mailbox.export(ExportFormat.EML, target);

      assertThat(report.messages()).isEqualTo(1);
      assertThat(report.notDownloaded()).isEqualTo(2);
      assertThat(files(target).stream().map(ExportContract::read))
          .containsExactly(account.held().get(1));
    }
  }

  @Test
  default void folderNamesNeverLeadOutOfTheTarget() {
    for (ExportFormat format : ExportFormat.values()) {
      try (Account account = Account.of(this)) {
        Mailbox mailbox = account.synced(Mail.of("one"));
        for (String name : List.of("..", ".", "../up", "/abs", "a\\b", "nul", "A", "a", "~")) {
          copyToIfPossible(mailbox, FolderPath.of(name));
        }
        Path parent = account.directory("export");
        Path target = parent.resolve("in");

        ExportReport report = mailbox.export(format, target);

        assertThat(report.messages()).isEqualTo(mailbox.search(all()).size());
        assertThat(files(parent)).as("%s", format).allMatch(file -> file.startsWith(target));
        assertThat(messagesIn(target, format)).isEqualTo(report.messages());
      }
    }
  }

  private static void copyToIfPossible(Mailbox mailbox, FolderPath path) {
    try {
      mailbox.createFolder(path);
      bySubject(mailbox, "one").copyTo(path);
    } catch (RejectedException e) {
      // A server may refuse such a name; then there is nothing to export.
      assertThat(mailbox.folder(path)).isEmpty();
    }
  }

  private static long messagesIn(Path target, ExportFormat format) {
    return files(target).stream()
        .flatMap(file -> format == ExportFormat.MBOX ? unpacked(file) : Stream.of(read(file)))
        .filter(message -> message.contains("Subject: one"))
        .count();
  }

  @Test
  default void exportTellsHowItGoes() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      List<Progress> told = new ArrayList<>();

      mailbox.export(ExportFormat.EML, account.directory("export"), told::add);

      assertThat(told).extracting(Progress::phase).contains(Progress.Phase.EXPORTING);
      assertThat(told).allMatch(progress -> progress.done() <= progress.total());
    }
  }

  private static Mailbox withMailInTwoFolders(Account account) {
    Mailbox mailbox = account.open();
    mailbox.sync();
    mailbox.createFolder(ARCHIVE);
    bySubject(mailbox, "message 2").moveTo(ARCHIVE);
    return mailbox;
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Reading.text(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
