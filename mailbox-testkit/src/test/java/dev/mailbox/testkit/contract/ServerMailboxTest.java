// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.FolderPath.INBOX;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.Talk;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Both servers, seen and changed in the same way, and what IMAP then says. */
class ServerMailboxTest {
  private static final byte[] MAIL = "Subject: x\r\n\r\n".getBytes(US_ASCII);
  private static final Instant DATE = Instant.parse("2026-11-02T10:00:00Z");
  private static final FolderPath DEEP = FolderPath.of("Büro", "Deep");

  @Test
  void fake() throws IOException {
    try (var server = FakeMailServer.start()) {
      check(ServerMailbox.of(server.user("alice", "secret")), server.imapUrl());
      server.verify();
    }
  }

  @Test
  void dovecot() throws IOException {
    try (var server = DovecotServer.startOrSkip()) {
      check(ServerMailbox.of(server.user("alice", "secret")), server.imapUrl());
    }
  }

  private static void check(ServerMailbox mailbox, String url) throws IOException {
    checkMessages(mailbox, url);
    checkFolders(mailbox, url);
    checkRefusals(mailbox, url);
  }

  private static void checkMessages(ServerMailbox mailbox, String url) throws IOException {
    String first = mailbox.deliver(INBOX, MAIL, DATE);
    String second = mailbox.deliver(INBOX, MAIL, DATE.plusSeconds(1));
    try (var client = Talk.imap(url)) {
      client.run("a", "SELECT INBOX");
      mailbox.flag(INBOX, second, "\\Seen", "later", "\\Flagged");
      mailbox.unflag(INBOX, second, "\\Flagged");
      mailbox.remove(INBOX, first);
      assertThat(client.run("b", "NOOP")).contains("* 1 EXPUNGE");
    }
    HeldMessage held = mailbox.messages(INBOX).get(0);
    assertThat(held.id()).isEqualTo(second);
    assertThat(held.raw()).isEqualTo(MAIL);
    assertThat(held.arrivedAt()).isEqualTo(DATE.plusSeconds(1));
    assertThat(held.flags()).containsExactlyInAnyOrder("\\Seen", "later");
    ImapUid before = mailbox.serverId(INBOX, second);
    assertThat(before.uid()).isEqualTo(2);
    mailbox.renumber(INBOX);
    try (var client = Talk.imap(url)) {
      client.run("a", "SELECT INBOX");
      assertThat(client.run("b", "FETCH 1 UID")).contains("* 1 FETCH (UID 1)");
    }
    String renumbered = mailbox.messages(INBOX).get(0).id();
    assertThat(mailbox.serverId(INBOX, renumbered).uid()).isEqualTo(1);
    assertThat(mailbox.serverId(INBOX, renumbered).uidValidity())
        .isNotEqualTo(before.uidValidity());
  }

  private static void checkFolders(ServerMailbox mailbox, String url) throws IOException {
    mailbox.createFolder(DEEP);
    String unused = mailbox.deliver(DEEP, MAIL, DATE);
    FolderPath sent = mailbox.createFolder(FolderRole.SENT);
    assertThat(mailbox.folders())
        .containsExactlyInAnyOrder(INBOX, FolderPath.of("Büro"), DEEP, sent);
    mailbox.renameFolder(FolderPath.of("Büro"), FolderPath.of("Job"));
    assertThat(mailbox.messages(FolderPath.of("Job", "Deep"))).hasSize(1);
    mailbox.deleteFolder(FolderPath.of("Job", "Deep"));
    mailbox.deleteFolder(FolderPath.of("Job"));
    assertThat(mailbox.folders()).containsExactlyInAnyOrder(INBOX, sent);
    try (var client = Talk.imap(url)) {
      assertThat(client.run("a", "LIST \"\" Sent")).first().asString().contains("\\Sent)");
    }
  }

  private static void checkRefusals(ServerMailbox mailbox, String url) throws IOException {
    FolderPath shared = FolderPath.of("Shared");
    mailbox.createFolder(shared);
    mailbox.makeReadOnly(shared);
    mailbox.limit(1000);
    try (var client = Talk.imap(url)) {
      assertThat(client.run("a", "SELECT Shared")).last().asString().contains("[READ-ONLY]");
      client.sayRaw("b APPEND Shared {4+}\r\nA:\r\n\r\n");
      assertThat(client.reply("b")).last().asString().startsWith("b NO");
      client.sayRaw("c APPEND INBOX {1500+}\r\n" + "A".repeat(1500) + "\r\n");
      assertThat(client.reply("c")).last().asString().startsWith("c NO [OVERQUOTA]");
    }
  }
}
