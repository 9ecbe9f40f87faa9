// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Account.FIRST_ARRIVAL;
import static dev.mailbox.testkit.contract.Reading.bytes;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.raw;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static dev.mailbox.testkit.contract.Reading.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.search.Query;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Putting messages into folders: exactly those bytes, there to stay. */
public interface AppendContract extends ContractSubject {
  @Test
  default void appendedBytesAreKeptWithDateAndFlags() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      String raw = "Subject: kept\r\nX-Odd:   spaces \t\r\n\r\n.dot\r\nGr\u00fc\u00dfe\r\n";

      Appended appended = append(mailbox.inbox(), raw, Flag.SEEN, Flag.keyword("later"));

      Message message = mailbox.find(appended.id()).orElseThrow();
      assertThat(raw(message)).isEqualTo(raw);
      assertThat(message.receivedAt()).isEqualTo(FIRST_ARRIVAL);
      assertThat(message.flags()).containsExactlyInAnyOrder(Flag.SEEN, Flag.keyword("later"));
      assertThat(message.folder()).isEqualTo(FolderPath.INBOX);
      assertThat(message.envelope().subject()).isEqualTo("kept");
      assertThat(message.isDownloaded()).isTrue();
    }
  }

  @Test
  default void timeThatServersCannotBeToldIsRefused() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      for (String time : new String[] {"+10000-01-01T00:00:00Z", "-0001-12-31T23:59:59Z"}) {
        assertThatThrownBy(
                () ->
                    mailbox
                        .inbox()
                        .append(InputStream.nullInputStream(), Instant.parse(time), Set.of()))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(mailbox.status().queuedActions()).isZero();
      assertThat(mailbox.sync().problems()).isEmpty();
      assertThat(mailbox.inbox().counts().total()).isZero();
    }
  }

  @Test
  default void outcomeTellsWhetherTheServerHasIt() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();

      Appended appended = append(mailbox.inbox(), "Subject: x\r\n\r\nx\r\n");

      assertThat(appended.outcome())
          .isEqualTo(account.livesOnServer() ? Outcome.ON_SERVER : Outcome.LOCAL);
      assertThat(account.held()).hasSize(account.livesOnServer() ? 1 : 0);
    }
  }

  @Test
  default void jakartaMessageIsAppendedAsItWritesItself() throws MessagingException {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      MimeMessage mime = new MimeMessage(Session.getInstance(new Properties()));
      mime.setFrom("ann@example.org");
      mime.setSubject("Grüße", "utf-8");
      mime.setText("zwölf\r\n", "utf-8");
      mime.saveChanges();

      Appended appended = mailbox.inbox().append(mime, Flag.DRAFT);

      Message message = mailbox.find(appended.id()).orElseThrow();
      assertThat(raw(message)).isEqualTo(written(mime));
      assertThat(message.envelope().subject()).isEqualTo("Grüße");
      assertThat(message.flags()).containsExactly(Flag.DRAFT);
    }
  }

  @Test
  default void appendedMessageSurvivesSyncAndReopen() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("from the server"));
      Appended appended = append(mailbox.inbox(), "Subject: mine\r\n\r\nx\r\n");
      mailbox.sync();
      mailbox.close();

      Mailbox reopened = account.open();
      assertThat(reopened.sync().downloaded()).isZero();

      assertThat(reopened.find(appended.id())).isPresent();
      assertThat(reopened.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  default void appendedMessagesAreListedByArrivalAndFound() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      for (int month : new int[] {3, 1, 2}) {
        String raw = "Subject: month " + month + "\r\n\r\nneedle " + month + "\r\n";
        Instant arrival = Instant.parse("2026-0" + month + "-01T00:00:00Z");
        mailbox.inbox().append(new ByteArrayInputStream(bytes(raw)), arrival, Set.of());
      }

      assertThat(subjects(mailbox.inbox().newest(10)))
          .containsExactly("month 3", "month 2", "month 1");
      assertThat(mailbox.inbox().search(Query.text("needle 2")).size()).isEqualTo(1);
    }
  }

  @Test
  default void streamIsReadToItsEndAndNotClosed() throws IOException {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      AtomicBoolean closed = new AtomicBoolean();
      InputStream in =
          new ByteArrayInputStream(bytes("Subject: x\r\n\r\nx\r\n")) {
            @Override
            public void close() {
              closed.set(true);
            }
          };

      mailbox.inbox().append(in, FIRST_ARRIVAL, Set.of());

      assertThat(in.read()).isEqualTo(-1);
      assertThat(closed).isFalse();
    }
  }

  @Test
  default void largeMessageIsAppendedWhole() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      String raw = "Subject: large\r\n\r\n" + "0123456789abcdef\r\n".repeat(150_000);

      Appended appended = append(mailbox.inbox(), raw);

      Message message = mailbox.find(appended.id()).orElseThrow();
      assertThat(raw(message).equals(raw)).isTrue();
      assertThat(message.sizeInBytes()).isEqualTo(raw.length());
    }
  }

  @Test
  default void streamThatFailsLeavesNothing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      IOException problem = new IOException("no more");
      InputStream beginning = new ByteArrayInputStream(new byte[300_000]);
      InputStream failing = new SequenceInputStream(beginning, failingWith(problem));

      assertThatThrownBy(() -> mailbox.inbox().append(failing, FIRST_ARRIVAL, Set.of()))
          .hasRootCause(problem);

      assertThat(mailbox.inbox().counts().total()).isZero();
      assertThat(append(mailbox.inbox(), "Subject: next\r\n\r\n").id())
          .isEqualTo(onlyOne(mailbox).id());
    }
  }

  private static InputStream failingWith(IOException problem) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw problem;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        throw problem;
      }
    };
  }

  @Test
  default void appendingTheSameBytesTwiceGivesTwoMessages() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();

      Appended first = append(mailbox.inbox(), "Subject: twin\r\n\r\nx\r\n");
      Appended second = append(mailbox.inbox(), "Subject: twin\r\n\r\nx\r\n");

      assertThat(first.id()).isNotEqualTo(second.id());
      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  default void appendingToAFolderThatIsGoneIsRejected() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      Folder folder = mailbox.createFolder(FolderPath.of("Brief"));
      folder.delete();

      assertThatThrownBy(() -> append(folder, "Subject: x\r\n\r\n"))
          .isInstanceOfSatisfying(
              RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    }
  }

  private static Appended append(Folder folder, String raw, Flag... flags) {
    return folder.append(new ByteArrayInputStream(bytes(raw)), FIRST_ARRIVAL, Set.of(flags));
  }

  @Test
  default void messageWithoutAByteIsRejectedWhereMailLivesOnTheServer() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();

      if (account.livesOnServer()) {
        assertThatThrownBy(() -> append(mailbox.inbox(), ""))
            .isInstanceOfSatisfying(
                RejectedException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED_BY_SERVER));
      } else {
        assertThat(append(mailbox.inbox(), "").outcome()).isEqualTo(Outcome.LOCAL);
      }

      assertThat(mailbox.inbox().counts().total()).isEqualTo(account.livesOnServer() ? 0 : 1);
      assertThat(mailbox.failedActions()).isEmpty();
    }
  }
}
