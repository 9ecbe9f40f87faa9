// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.mail.Fixture;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What an independent client makes of the server. */
class ImapAngusTest {
  private static final Instant DATE = Instant.parse("2026-11-02T10:00:00Z");

  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final FakeAccount alice = CommonServer.alice(server);
  private final ImapFolder inbox = alice.inbox().imap();
  private final Session session = Session.getInstance(new Properties());

  private Store connect() throws Exception {
    Store store = session.getStore("imap");
    store.connect("localhost", imap.port(), "alice", "secret");
    return store;
  }

  @Test
  void readsMails() throws Exception {
    inbox.deliver(mail("Grüße aus Köln").from("Ann <ann@example.org>").build(), DATE, "\\Flagged");
    try (Store store = connect()) {
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_ONLY);
      Message message = inbox.getMessage(1);
      assertThat(message.getSubject()).isEqualTo("Grüße aus Köln");
      assertThat(message.getFrom()[0]).hasToString("Ann <ann@example.org>");
      assertThat(message.getReceivedDate()).isEqualTo(Date.from(DATE));
      assertThat(message.isSet(Flags.Flag.FLAGGED)).isTrue();
      assertThat(inbox.search(new SubjectTerm("grüße"))).containsExactly(message);
      inbox.close(false);
    }
    server.verify();
  }

  @Test
  void bytesComeAsTheyWereDelivered() throws Exception {
    List<Fixture> fixtures = Fixture.canonical();
    fixtures.forEach(fixture -> inbox.deliver(fixture.raw()));
    try (Store store = connect()) {
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_WRITE);
      for (int i = 0; i < fixtures.size(); i++) {
        var raw = new ByteArrayOutputStream();
        inbox.getMessage(i + 1).writeTo(raw);
        assertThat(raw.toByteArray()).as(fixtures.get(i).name()).isEqualTo(fixtures.get(i).raw());
      }
      inbox.close(false);
    }
    assertThat(inbox.messages()).allMatch(m -> m.flags().contains("\\Seen"));
    server.verify();
  }

  @Test
  void changesFoldersAndMessages() throws Exception {
    long uid = inbox.deliver(mail("one").build(), DATE);
    byte[] raw = mail("two").build();
    try (Store store = connect()) {
      Folder work = store.getFolder("Arbeit/Büro");
      assertThat(work.create(Folder.HOLDS_MESSAGES)).isTrue();
      var mail = new MimeMessage(session, new ByteArrayInputStream(raw));
      mail.setFlag(Flags.Flag.DRAFT, true);
      work.appendMessages(new Message[] {mail});
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_WRITE);
      Message message = ((UIDFolder) inbox).getMessageByUID(uid);
      inbox.copyMessages(new Message[] {message}, work);
      message.setFlag(Flags.Flag.DELETED, true);
      inbox.close(true);
      assertThat(work.getMessageCount()).isEqualTo(2);
      assertThat(store.getDefaultFolder().list("*")).hasSize(3);
      assertThat(store.getFolder("Arbeit").delete(true)).isTrue();
    }
    assertThat(inbox.messages()).isEmpty();
    assertThat(alice.folders()).containsExactly("INBOX");
    assertThat(imap.commands("APPEND"))
        .singleElement()
        .satisfies(c -> assertThat(c.argument(0)).isEqualTo("Arbeit/B&APw-ro"));
    server.verify();
  }
}
