// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.spi.EntryState;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.Pop3Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A UIDL that is used again must neither hide a new message nor delete it. */
class IdentityTest {
  private static Pop3Message sized(String subject, String uidl) {
    String body = "-".repeat(100 - subject.length()) + "\r\n";
    return Pop3Message.of(Maildrop.raw(subject, body)).uidl(uidl);
  }

  @Test
  void recycledUidlOfAnotherSizeIsAnotherMessage() {
    try (Maildrop drop = new Maildrop()) {
      drop.inbox().deliver(Pop3Message.of(Maildrop.raw("one", "1\r\n")).uidl("same"));
      drop.sync(TestTask.keeping());
      drop.inbox().remove("same");
      Pop3Message second =
          drop.inbox().deliver(Pop3Message.of(Maildrop.raw("two", "22\r\n")).uidl("same"));

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(drop.replica().raws()).hasSize(2).contains(Maildrop.text(second));
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void recycledUidlOfTheSameSizeIsNotDeletedUnseen() {
    try (Maildrop drop = new Maildrop()) {
      drop.inbox().deliver(sized("one", "same"));
      drop.sync(TestTask.keeping());
      drop.inbox().remove("same");
      Pop3Message second = drop.inbox().deliver(sized("two", "same"));

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.deleted()).isEqualTo(1);
      assertThat(drop.replica().raws()).hasSize(2).contains(Maildrop.text(second));
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void recycledUidlIsYoungWhenAgeDecides() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message first = drop.inbox().deliver(sized("one", "same"));
      var week = Removal.after(Duration.ofDays(7));
      drop.sync(new TestTask().removal(week));
      drop.inbox().remove("same");
      drop.inbox().deliver(sized("two", "same"));
      Instant monthAgo = Instant.now().minus(Duration.ofDays(30));
      drop.replica().force(Maildrop.key(first), EntryState.DURABLE, monthAgo);

      SyncReport report = drop.sync(new TestTask().removal(week));

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.deleted()).isZero();
      assertThat(drop.inbox().uidls()).containsExactly("same");
    }
  }

  @Test
  void recycledUidlOfADeletedMessageBringsTheNewOne() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message first = drop.inbox().deliver(sized("one", "same"));
      drop.sync(TestTask.keeping());
      drop.replica().delete(Maildrop.key(first));
      drop.inbox().remove("same");
      Pop3Message second = drop.inbox().deliver(sized("two", "same"));

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.deleted()).isZero();
      assertThat(drop.replica().raws()).containsExactly(Maildrop.text(second));
      assertThat(drop.inbox().uidls()).containsExactly("same");
    }
  }

  @Test
  void uidlListedAgainAfterItsDeletionWithTheSameMessageIsDeletedAgain() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message message = drop.inbox().deliver(sized("back", "same"));
      drop.sync();
      drop.inbox().deliver(sized("back", "same"));

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isZero();
      assertThat(report.deleted()).isEqualTo(1);
      assertThat(drop.replica().raws()).containsExactly(Maildrop.text(message));
    }
  }

  @Test
  void uidlListedAgainAfterItsDeletionWithAnotherMessageIsDownloaded() {
    try (Maildrop drop = new Maildrop()) {
      drop.inbox().deliver(sized("one", "same"));
      drop.sync();
      Pop3Message second = drop.inbox().deliver(sized("two", "same"));

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.deleted()).isEqualTo(1);
      assertThat(drop.replica().raws()).hasSize(2).contains(Maildrop.text(second));
    }
  }

  @Test
  void uidlListedAgainIsNotDownloadedTwiceWithoutTop() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("TOP");
      drop.inbox().deliver(sized("back", "same"));
      drop.sync();
      drop.inbox().deliver(sized("back", "same"));

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isZero();
      assertThat(report.deleted()).isEqualTo(1);
      assertThat(drop.replica().raws()).hasSize(1);
      assertThat(drop.pop3().count("RETR")).isEqualTo(2);
    }
  }

  @Test
  void deletionOnRequestWithoutTopRetrievesToCompare() {
    try (Maildrop drop = new Maildrop().deletingOnRequest()) {
      drop.pop3().without("TOP");
      Pop3Message message = drop.deliver("unwanted");
      drop.sync(TestTask.keeping());
      drop.replica().delete(Maildrop.key(message));

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.deleted()).isEqualTo(1);
      assertThat(drop.replica().raws()).isEmpty();
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void serverThatChangesHeadersInTopIsAskedForTheWholeMessage() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver("message");
      drop.sync(TestTask.keeping());
      drop.pop3()
          .on("TOP")
          .rewrite(
              reply ->
                  new String(reply, StandardCharsets.ISO_8859_1)
                      .replace("Subject:", "Status: RO\r\nSubject:")
                      .getBytes(StandardCharsets.ISO_8859_1));

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isEqualTo(1);
      assertThat(report.downloaded()).isZero();
      assertThat(drop.replica().raws()).hasSize(1);
    }
  }

  @Test
  void messagesThatAreGoneAreForgottenAndStayHere() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(2);
      drop.sync(TestTask.keeping());
      drop.inbox().remove("uidl-1");

      drop.sync(TestTask.keeping());

      assertThat(drop.replica().entries()).hasSize(1);
      assertThat(drop.replica().raws()).hasSize(2);
    }
  }

  @Test
  void duplicateUidlsAreTwoMessages() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message one = drop.inbox().deliver(sized("one", "same"));
      Pop3Message two = drop.inbox().deliver(sized("two", "same"));
      String other = Maildrop.text(drop.deliver("other"));

      SyncReport kept = drop.sync(TestTask.keeping());

      assertThat(kept.downloaded()).isEqualTo(3);
      assertThat(drop.replica().raws())
          .containsExactlyInAnyOrder(Maildrop.text(one), Maildrop.text(two), other);
      assertThat(drop.sync(TestTask.keeping()).downloaded()).isZero();
      assertThat(drop.sync().deleted()).isEqualTo(3);
      assertThat(drop.replica().raws()).hasSize(3);
    }
  }

  @Test
  void uidlThatBecomesADuplicateDoesNotBringItsMessageAgain() {
    try (Maildrop drop = new Maildrop()) {
      drop.inbox().deliver(sized("one", "same"));
      drop.sync(TestTask.keeping());
      Pop3Message two = drop.inbox().deliver(sized("two", "same"));

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(drop.replica().raws()).hasSize(2).contains(Maildrop.text(two));
      assertThat(drop.sync(TestTask.keeping()).downloaded()).isZero();
    }
  }

  @Test
  void duplicateThatLosesItsTwinDoesNotComeAgain() {
    try (Maildrop drop = new Maildrop()) {
      drop.inbox().deliver(sized("one", "same"));
      drop.inbox().deliver(sized("two", "same"));
      drop.sync(TestTask.keeping());
      drop.inbox().remove("same");
      drop.inbox().deliver(sized("two", "same"));

      assertThat(drop.sync(TestTask.keeping()).downloaded()).isZero();
      assertThat(drop.replica().raws()).hasSize(2);
    }
  }

  @Test
  void serverWithoutUidlIsKnownAgainByHeaders() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("UIDL");
      drop.deliver(3);

      SyncReport first = drop.sync(TestTask.keeping());
      SyncReport second = drop.sync(TestTask.keeping());

      assertThat(first.downloaded()).isEqualTo(3);
      assertThat(first.notes()).anyMatch(note -> note.contains("no UIDL"));
      assertThat(second.downloaded()).isZero();
      assertThat(second.kept()).isEqualTo(3);
      assertThat(drop.sync().deleted()).isEqualTo(3);
      assertThat(drop.replica().raws()).hasSize(3);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void serverWithoutUidlAndTopIsKnownAgainByRetrieving() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("UIDL", "TOP");
      drop.deliver(2);

      assertThat(drop.sync(TestTask.keeping()).downloaded()).isEqualTo(2);
      assertThat(drop.sync(TestTask.keeping()).downloaded()).isZero();
      assertThat(drop.sync().deleted()).isEqualTo(2);
      assertThat(drop.replica().raws()).hasSize(2);
    }
  }

  @Test
  void equalMessagesWithoutUidlAreTwo() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("UIDL");
      drop.deliver("twin");
      drop.deliver("twin");

      assertThat(drop.sync(TestTask.keeping()).downloaded()).isEqualTo(2);
      assertThat(drop.sync(TestTask.keeping()).downloaded()).isZero();
    }
  }

  @Test
  void requestedDeletionDoesNotHitATwin() {
    try (Maildrop drop = new Maildrop().deletingOnRequest()) {
      drop.pop3().without("UIDL");
      drop.inbox().deliver(Maildrop.raw("twin", "one\r\n"));
      Pop3Message second = drop.inbox().deliver(Maildrop.raw("twin", "two\r\n"));
      drop.sync(TestTask.keeping());
      drop.replica().delete(drop.replica().entries().keySet().iterator().next());
      drop.inbox().remove(drop.inbox().uidls().get(0));

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.deleted()).isZero();
      assertThat(report.problems()).hasSize(1);
      assertThat(drop.sync(TestTask.keeping()).deleted()).isZero();
      assertThat(drop.inbox().uidls()).containsExactly(second.uidl());
    }
  }

  @Test
  void twinsThatAreAllToGoAreDeleted() {
    try (Maildrop drop = new Maildrop().deletingOnRequest()) {
      drop.pop3().without("UIDL");
      drop.inbox().deliver(Maildrop.raw("twin", "one\r\n"));
      drop.inbox().deliver(Maildrop.raw("twin", "two\r\n"));
      drop.sync(TestTask.keeping());
      drop.replica().entries().keySet().forEach(drop.replica()::delete);

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.deleted()).isEqualTo(2);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void serverThatLosesItsUidlsBringsNothingAgain() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.sync(TestTask.keeping());
      drop.pop3().without("UIDL");

      assertThat(drop.sync(TestTask.keeping()).downloaded()).isZero();
      assertThat(drop.replica().raws()).hasSize(3);
    }
  }

  @Test
  void serverThatGetsUidlsBringsNothingAgain() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("UIDL").once().reply("-ERR not yet");
      drop.deliver(3);
      assertThat(drop.sync(TestTask.keeping()).downloaded()).isEqualTo(3);

      assertThat(drop.sync(TestTask.keeping()).downloaded()).isZero();
      assertThat(drop.replica().raws()).hasSize(3);
    }
  }

  @Test
  void longUidlIsTakenAndAnEndlessOneIsNot() {
    try (Maildrop drop = new Maildrop()) {
      drop.inbox().deliver(sized("long", "l".repeat(200)));
      drop.inbox().deliver(sized("endless", "e".repeat(5000)));
      drop.inbox().deliver(sized("empty", ""));

      assertThat(drop.sync(TestTask.keeping()).downloaded()).isEqualTo(3);
      assertThat(drop.sync(TestTask.keeping()).downloaded()).isZero();
      assertThat(drop.replica().entries().keySet())
          .allMatch(key -> key.length() < 300)
          .anyMatch(key -> key.endsWith("l".repeat(200)));
    }
  }
}
