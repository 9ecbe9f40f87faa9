// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

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
import dev.mailbox.Residence;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendTest {
  private Mailbox mailbox;
  private Folder inbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    mailbox = StoreFixture.offline(directory);
    inbox = mailbox.inbox();
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  /** A stream that does something after its first bytes. */
  private static InputStream interrupted(String text, Runnable halfWay) {
    return new InputStream() {
      private final InputStream in = StoreFixture.stream(text);
      private boolean done;

      @Override
      public int read() throws IOException {
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read < 0 && !done) {
          done = true;
          halfWay.run();
        }
        return read;
      }
    };
  }

  @Test
  void rawBytesAreKept() {
    String text = StoreFixture.mailOfSize("raw", 700_001);
    Appended appended =
        inbox.append(
            StoreFixture.stream(text), StoreFixture.NOON, Set.of(Flag.SEEN, Flag.keyword("x")));
    Message message = mailbox.find(appended.id()).orElseThrow();
    assertThat(appended.outcome()).isEqualTo(Outcome.LOCAL);
    assertThat(StoreFixture.raw(message)).isEqualTo(text);
    assertThat(message.receivedAt()).isEqualTo(StoreFixture.NOON);
    assertThat(message.flags()).containsExactlyInAnyOrder(Flag.SEEN, Flag.keyword("x"));
    assertThat(message.residence()).isEqualTo(Residence.LOCAL);
    assertThat(message.serverId()).isEmpty();
  }

  @Test
  void mimeMessageComesBackAsItWas() throws Exception {
    MimeMessage mime =
        new MimeMessage(
            Session.getInstance(new Properties()), StoreFixture.stream(StoreFixture.mail("mime")));
    Message message = mailbox.find(inbox.append(mime, Flag.DRAFT).id()).orElseThrow();
    assertThat(StoreFixture.raw(message)).isEqualTo(StoreFixture.mail("mime"));
    assertThat(message.toMimeMessage().getSubject()).isEqualTo("mime");
    assertThat(message.has(Flag.DRAFT)).isTrue();
  }

  @Test
  void sameMessageTwiceIsTwoMessagesWithOneContent() {
    StoreFixture.append(inbox, StoreFixture.mail("twice"));
    StoreFixture.append(inbox, StoreFixture.mail("twice"));
    assertThat(inbox.newest(5))
        .hasSize(2)
        .extracting(Message::contentId)
        .containsOnly(inbox.newest(1).get(0).contentId());
  }

  @Test
  void streamThatFailsAppendsNothing() {
    InputStream broken =
        interrupted(
            StoreFixture.mailOfSize("broken", 600_000),
            () -> {
              throw new UncheckedIOException(new IOException("cable"));
            });
    assertThatThrownBy(() -> inbox.append(broken, StoreFixture.NOON, Set.of()))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(inbox.counts().total()).isZero();
    StoreFixture.append(inbox, StoreFixture.mail("next"));
    assertThat(inbox.counts().total()).isEqualTo(1);
  }

  @Test
  void missingFolderIsRefused() {
    Folder folder = mailbox.createFolder(FolderPath.of("A"));
    folder.delete();
    assertThatThrownBy(() -> StoreFixture.append(folder, "x"))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void folderThatGoesWhileTheMessageComesIsRefused() {
    Folder folder = mailbox.createFolder(FolderPath.of("A"));
    InputStream raw = interrupted(StoreFixture.mailOfSize("late", 600_000), folder::delete);
    assertThatThrownBy(() -> folder.append(raw, StoreFixture.NOON, Set.of()))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    assertThat(mailbox.verify().messages()).isZero();
  }

  @Test
  void interruptedAppendIsToldAsItIs() throws InterruptedException {
    AtomicReference<Object> told = new AtomicReference<>("nothing");
    Thread thread =
        new Thread(
            () -> {
              InputStream raw =
                  interrupted(StoreFixture.mail("x"), () -> Thread.currentThread().interrupt());
              try {
                inbox.append(raw, StoreFixture.NOON, Set.of());
                told.set("appended " + Thread.currentThread().isInterrupted());
              } catch (RuntimeException e) {
                told.set("failed " + Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    thread.join();
    StoreFixture.append(inbox, StoreFixture.mail("after"));
    boolean there = inbox.counts().total() == 2;
    assertThat(told.get()).isEqualTo(there ? "appended true" : "failed true");
  }
}
