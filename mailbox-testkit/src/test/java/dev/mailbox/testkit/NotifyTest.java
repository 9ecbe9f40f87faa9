// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What NOTIFY does that a script cannot say. */
@Timeout(30)
class NotifyTest {
  private static final byte[] MAIL = "Subject: x\r\n\r\nbody\r\n".getBytes(US_ASCII);

  @AutoClose private final FakeMailServer server = FakeMailServer.start();
  private final FakeAccount alice = server.user("alice", "secret");
  private final FakeFolder inbox = alice.inbox();

  @Test
  void overflowEndsWhatWasAskedFor() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> unused = client.run("a", "SELECT INBOX");
      assertThat(client.run("b", "NOTIFY SET (SELECTED (MessageNew MessageExpunge))"))
          .last()
          .asString()
          .startsWith("b OK");
      server.imap().overflowNotifications();
      assertThat(client.readLine()).startsWith("* OK [NOTIFICATIONOVERFLOW] ");
      String unusedId = inbox.deliver(MAIL);
      assertThat(client.run("c", "NOOP")).containsExactly("c OK nothing done");
      assertThat(client.run("d", "NOTIFY SET (SELECTED (MessageNew MessageExpunge))"))
          .contains("* 1 EXISTS");
    }
  }

  @Test
  void overflowIsNothingToAClientThatAskedForNothing() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> unused = client.run("a", "SELECT INBOX");
      server.imap().overflowNotifications();
      String unusedId = inbox.deliver(MAIL);
      assertThat(client.run("b", "NOOP"))
          .containsExactly("* 1 EXISTS", "* 1 RECENT", "b OK nothing done");
    }
  }

  @Test
  void folderThatIsMadeWhileACommandRunsIsTold() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> unused = client.run("a", "NOTIFY SET (PERSONAL (MailboxName))");
      FakeImap unusedServer = server.imap().on("CREATE").once().run(() -> alice.folder("theirs"));
      assertThat(client.run("b", "CREATE mine"))
          .contains("* LIST () \"/\" \"theirs\"")
          .noneMatch(line -> line.endsWith("\"mine\""));
    }
  }
}
