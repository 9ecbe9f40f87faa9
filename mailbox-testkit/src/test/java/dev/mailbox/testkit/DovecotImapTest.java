// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is done to Dovecot's files is what it then says over IMAP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotImapTest {
  private static final byte[] MAIL = "A: 1\r\n\r\nbody\r\n".getBytes(US_ASCII);
  private static final Instant DATE = Instant.parse("2026-11-02T10:00:00Z");

  private DovecotServer server;

  @BeforeAll
  void start() {
    server = DovecotServer.startOrSkip();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Talk selected(String user, String folder) throws IOException {
    Talk client = Talk.imap(server.imapUrl(), user);
    assertThat(client.run("s", "SELECT " + folder)).last().asString().startsWith("s OK");
    return client;
  }

  @Test
  void arrivalAndFlagsOfADelivery() throws IOException {
    DovecotFolder inbox = server.user("ann", "secret").inbox();
    String id = inbox.deliver(MAIL, DATE, "\\Seen", "later");
    inbox.deliver(MAIL, DATE.plusSeconds(60));
    try (var client = selected("ann", "INBOX")) {
      assertThat(client.run("a", "FETCH 1:2 (FLAGS INTERNALDATE)"))
          .startsWith(
              "* 1 FETCH (FLAGS (\\Seen \\Recent later) INTERNALDATE"
                  + " \"02-Nov-2026 10:00:00 +0000\")",
              "* 2 FETCH (FLAGS (\\Recent) INTERNALDATE \"02-Nov-2026 10:01:00 +0000\")");
    }
    assertThat(inbox.messages().get(0).flags()).containsExactlyInAnyOrder("\\Seen", "later");
    assertThat(inbox.messages().get(0).arrivedAt()).isEqualTo(DATE);
    assertThat(inbox.uid(id)).hasValue(1);
  }

  @Test
  void flagsOfAnotherClientInBothDirections() throws IOException {
    DovecotFolder inbox = server.user("bob", "secret").inbox();
    String id = inbox.deliver(MAIL, DATE);
    try (var client = selected("bob", "INBOX")) {
      client.run("a", "STORE 1 +FLAGS ($Forwarded \\Answered)");
      assertThat(inbox.messages().get(0).flags())
          .containsExactlyInAnyOrder("$Forwarded", "\\Answered");
      inbox.flag(id, "\\Flagged", "later");
      inbox.unflag(id, "\\answered");
      assertThat(client.run("b", "NOOP"))
          .anyMatch(line -> line.matches(".*FLAGS \\(\\\\Flagged.*\\$Forwarded later\\)\\)"));
      inbox.remove(id);
      assertThat(client.run("c", "NOOP")).contains("* 1 EXPUNGE");
    }
  }

  @Test
  void foldersWithAHierarchyAndAnyLetters() throws IOException {
    DovecotAccount account = server.user("carl", "secret");
    account.folder("Arbeit/Büro").deliver(MAIL);
    account.folder("Sent");
    try (var client = Talk.imap(server.imapUrl(), "carl")) {
      assertThat(client.run("a", "LIST \"\" *"))
          .contains(
              "* LIST (\\HasChildren) \"/\" Arbeit",
              "* LIST (\\HasNoChildren) \"/\" Arbeit/B&APw-ro",
              "* LIST (\\HasNoChildren \\Sent) \"/\" Sent");
      account.renameFolder("Arbeit", "Job");
      assertThat(client.run("b", "STATUS Job/B&APw-ro (MESSAGES)"))
          .contains("* STATUS Job/B&APw-ro (MESSAGES 1)");
      client.run("c", "CREATE \"A & B\"");
      client.run("d", "CREATE \"A &- B\"");
      assertThat(account.folders()).containsExactly("A & B", "INBOX", "Job", "Job/Büro", "Sent");
      account.deleteFolder("Job");
      assertThat(client.run("e", "STATUS Job (MESSAGES)")).last().asString().startsWith("e NO");
      assertThat(client.run("f", "STATUS Job/B&APw-ro (MESSAGES)")).hasSize(2);
    }
  }

  @Test
  void renumbering() throws IOException {
    DovecotFolder inbox = server.user("dora", "secret").inbox();
    String first = inbox.deliver(MAIL, DATE);
    String second = inbox.deliver(MAIL, DATE.plusSeconds(60), "\\Seen");
    assertThat(inbox.uidValidity()).isEmpty();
    selected("dora", "INBOX").close();
    long before = inbox.uidValidity().orElseThrow();
    assertThat(inbox.uid(second)).hasValue(2);
    inbox.remove(first);
    inbox.renumber();
    try (var client = Talk.imap(server.imapUrl(), "dora")) {
      List<String> lines = client.run("a", "SELECT INBOX");
      assertThat(lines).anyMatch(l -> l.contains("[UIDVALIDITY " + (before + 1) + "]"));
      assertThat(client.run("b", "FETCH 1 (UID INTERNALDATE)"))
          .first()
          .asString()
          .contains("UID 1 INTERNALDATE \"02-Nov-2026 10:01:00");
    }
    assertThat(inbox.uid(second)).hasValue(1);
    assertThat(inbox.uidValidity()).hasValue(before + 1);
  }

  @Test
  void readOnlyFolders() throws IOException {
    DovecotAccount account = server.user("emil", "secret");
    DovecotFolder shared = account.folder("Shared");
    shared.deliver(MAIL, DATE);
    shared.readOnly(true);
    try (var client = Talk.imap(server.imapUrl(), "emil")) {
      assertThat(client.run("s", "SELECT Shared")).last().asString().contains("[READ-ONLY]");
      // Dovecot does not refuse this; it says OK and does nothing.
      assertThat(client.run("a", "STORE 1 +FLAGS (\\Flagged)")).noneMatch(l -> l.contains("FETCH"));
      client.run("i", "SELECT INBOX");
      client.sayRaw("b APPEND Shared {4+}\r\nA:\r\n\r\n");
      assertThat(client.reply("b")).last().asString().startsWith("b NO");
    }
    assertThat(shared.messages()).singleElement().matches(m -> m.flags().isEmpty());
    shared.readOnly(false);
    try (var client = Talk.imap(server.imapUrl(), "emil")) {
      assertThat(client.run("s", "SELECT Shared")).last().asString().contains("[READ-WRITE]");
    }
  }

  @Test
  void quota() throws IOException {
    DovecotAccount account = server.user("frida", "secret");
    account.quota(1000);
    try (var client = Talk.imap(server.imapUrl(), "frida")) {
      client.sayRaw("a APPEND INBOX {1500+}\r\n" + "A".repeat(1500) + "\r\n");
      assertThat(client.reply("a")).last().asString().startsWith("a NO [OVERQUOTA]");
      client.sayRaw("b APPEND INBOX {900+}\r\n" + "A".repeat(900) + "\r\n");
      assertThat(client.reply("b")).last().asString().startsWith("b OK");
    }
    assertThat(account.inbox().count()).isEqualTo(1);
  }
}
