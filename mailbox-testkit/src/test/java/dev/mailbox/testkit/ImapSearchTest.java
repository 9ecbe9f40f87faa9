// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImapSearchTest {
  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final ImapFolder inbox = CommonServer.alice(server).inbox().imap();

  ImapSearchTest() {
    deliver("2026-11-01T23:30:00Z", "Subject: one\r\nFrom: Ann <a@x>\r\n\r\nred\r\n", "\\Seen");
    deliver(
        "2026-11-02T00:30:00Z",
        "Subject: two\r\nCc: c@x\r\nDate: Mon, 2 Nov 2026 01:00:00 +0900\r\n\r\ngreen\r\n",
        "later");
    inbox.deliver(mail("Grüße").build(), Instant.parse("2026-11-03T00:00:00Z"));
    inbox.uidNext(10);
    deliver("2026-11-04T00:00:00Z", "X-Flag:\r\n\r\n" + "x".repeat(5000), "\\Deleted");
  }

  private void deliver(String arrival, String raw, String... flags) {
    inbox.deliver(raw.getBytes(ISO_8859_1), Instant.parse(arrival), flags);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALL | 1 2 3 4",
        "SEEN | 1",
        "UNSEEN UNDELETED | 2 3",
        "2:* NOT DELETED | 2 3",
        "UID 10:* | 4",
        "KEYWORD LATER | 2",
        "UNKEYWORD later SEEN | 1",
        "OR SEEN (DELETED 4) | 1 4",
        "NOT (OR SEEN DELETED) | 2 3",
        "FROM ann | 1",
        "CC C@X | 2",
        "SUBJECT \"TWO\" | 2",
        "TEXT green | 2",
        "BODY two | ''",
        "TEXT TWO | 2",
        "HEADER X-Flag \"\" | 4",
        "LARGER 4999 | 4",
        "SMALLER 1000 1:2 | 1 2",
        "SINCE 2-Nov-2026 | 2 3 4",
        "BEFORE 02-nov-2026 | 1",
        "ON 2-Nov-2026 | 2",
        "SENTON 2-Nov-2026 | 2",
        "SENTBEFORE 2-Nov-2026 | 3",
        "RECENT NEW | 2 3 4",
        "OLD | ''",
        "CHARSET UTF-8 ALL 4 | 4",
      })
  void finds(String keys, String numbers) throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      client.run("s", "SELECT INBOX");
      assertThat(client.run("a", "SEARCH " + keys))
          .containsExactly(("* SEARCH " + numbers).strip(), "a OK searched");
    }
    server.verify();
  }

  @Test
  void findsEncodedTextInUtf8() throws IOException {
    String word = new String("grüsse".replace("ss", "ß").getBytes(UTF_8), ISO_8859_1);
    try (var client = Talk.imap(server.imapUrl())) {
      client.run("s", "SELECT INBOX");
      client.say("a UID SEARCH CHARSET UTF-8 SUBJECT {" + word.length() + "+}\r\n" + word);
      assertThat(client.reply("a")).first().isEqualTo("* SEARCH 3");
      assertThat(client.run("b", "SEARCH CHARSET NO-SUCH ALL"))
          .last()
          .asString()
          .startsWith("b NO [BADCHARSET (US-ASCII UTF-8)]");
      assertThat(client.run("c", "SEARCH FUZZY x")).last().asString().startsWith("c BAD");
    }
  }
}
