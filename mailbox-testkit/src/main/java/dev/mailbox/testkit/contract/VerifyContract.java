// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Account.ARCHIVE;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.VerifyReport;
import dev.mailbox.sync.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading everything back: sound stores are found sound, damage is found and told. */
public interface VerifyContract extends ContractSubject {
  @Test
  default void storeIsSoundAfterSync() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(5));

      VerifyReport report = mailbox.verify();

      assertThat(report.isSound()).isTrue();
      assertThat(report.messages()).isEqualTo(5);
      assertThat(report.bytes()).isEqualTo(account.held().stream().mapToLong(String::length).sum());
    }
  }

  @Test
  default void storeIsSoundAfterActionsAndReopen() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(5));
      mailbox.createFolder(ARCHIVE);
      bySubject(mailbox, "message 1").moveTo(ARCHIVE);
      bySubject(mailbox, "message 2").copyTo(ARCHIVE);
      bySubject(mailbox, "message 3").delete();
      mailbox.close();

      VerifyReport report = account.open().verify();

      assertThat(report.damaged()).isEmpty();
      assertThat(report.problems()).isEmpty();
      assertThat(report.messages()).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  default void emptyStoreIsSound() {
    try (Account account = Account.of(this)) {
      VerifyReport report = account.open(account.unreachable()).verify();

      assertThat(report.isSound()).isTrue();
      assertThat(report.messages()).isZero();
      assertThat(report.bytes()).isZero();
    }
  }

  @Test
  default void verifyTellsHowItGoes() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      List<Progress> told = new ArrayList<>();

      mailbox.verify(told::add);

      assertThat(told).extracting(Progress::phase).contains(Progress.Phase.VERIFYING);
      assertThat(told).allMatch(progress -> progress.done() <= progress.total());
    }
  }

  /**
   * Changes a byte of a body on disk and expects to hear of it. It finds the body by its bytes: an
   * implementation that keeps them otherwise overrides this with its own way to do damage.
   */
  @Test
  default void damagedBodyIsReportedAndKept() throws IOException {
    try (Account account = Account.of(this)) {
      String words = "these words are looked for on the disk, between their line ends";
      Mailbox mailbox = account.synced(Mail.of("whole"), Mail.of("hurt").body(words + "\n"));
      MessageId hurt = bySubject(mailbox, "hurt").id();
      mailbox.close();
      assertThat(damage(account.store(), "\r\n" + words + "\r\n")).isPositive();

      Mailbox reopened = account.open();
      VerifyReport report = reopened.verify();

      assertThat(report.isSound()).isFalse();
      assertThat(report.damaged()).containsExactly(hurt);
      assertThat(reopened.find(hurt)).map(Message::id).contains(hurt);
      assertThat(reopened.inbox().counts().total()).isEqualTo(2);
    }
  }

  private static int damage(Path store, String text) throws IOException {
    int changed = 0;
    List<Path> files;
    try (Stream<Path> paths = Files.walk(store)) {
      files = paths.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      int at = Reading.text(bytes).indexOf(text);
      if (at >= 0) {
        bytes[at + text.length() / 2] ^= 1;
        Files.write(file, bytes);
        changed++;
      }
    }
    return changed;
  }

  @Test
  default void verifyWorksWithoutAStoreOnDisk() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one"));
      Mailbox mailbox = account.open(account.inMemory());
      mailbox.sync();
      assertThat(onlyOne(mailbox).content().text()).isNotEmpty();

      assertThat(mailbox.verify().isSound()).isTrue();
    }
  }
}
