// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.content.Part;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.mail.Fixture;
import dev.mailbox.testkit.mail.MailFixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every mail of the testkit's catalogue arrives byte for byte and can be read. */
@MailServerTest
class FixturesTest {
  @TempDir private Path directory;
  private FakeMailServer server;
  private FakeAccount account;

  @BeforeEach
  void start(FakeMailServer mailServer, FakeAccount user) {
    server = mailServer;
    account = user;
  }

  private Mailbox open() {
    return Mailbox.open(
        MailboxConfig.at(server.pop3sUrl())
            .trust(server.certificates().clientContext())
            .login(account.name(), account.password())
            .scope(SyncScope.everything().bodies(BodyPolicy.all()))
            .keepIn(directory.resolve("store"))
            .build());
  }

  /** POP3 has only whole lines: one that is not ended by CRLF is ended (RFC 1939, section 3). */
  private static byte[] sent(Fixture fixture) {
    byte[] raw = fixture.raw();
    String text = new String(raw, StandardCharsets.ISO_8859_1);
    return text.isEmpty() || text.endsWith("\r\n")
        ? raw
        : (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] raw(Message message) throws IOException {
    try (InputStream in = message.openRaw()) {
      return in.readAllBytes();
    }
  }

  /** Whatever is asked of it, it does not fail. */
  private static void read(Message message) throws IOException {
    assertThat(message.envelope()).isNotNull();
    assertThat(message.headers()).isNotNull();
    var content = message.content();
    assertThat(content.text()).isNotNull();
    assertThat(content.html()).isNotNull();
    assertThat(content.defects()).isNotNull();
    for (Part part : content.attachments()) {
      try (InputStream in = part.open()) {
        assertThat(in.readAllBytes()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fixture.class)
  void arrivesByteForByteAndCanBeRead(Fixture fixture) throws IOException {
    account.inbox().deliver(fixture.raw());
    try (Mailbox mailbox = open()) {
      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.problems()).isEmpty();
      Message message = mailbox.inbox().newest(2).get(0);
      assertThat(raw(message)).isEqualTo(sent(fixture));
      read(message);
    }
  }

  @Test
  void allOfThemArriveTogether() throws IOException {
    List<Fixture> all = Arrays.asList(Fixture.values());
    all.forEach(fixture -> account.inbox().deliver(fixture.raw()));
    try (Mailbox mailbox = open()) {
      assertThat(mailbox.sync().downloaded()).isEqualTo(all.size());

      List<Message> messages = mailbox.inbox().newest(all.size() + 1);
      assertThat(messages).hasSize(all.size());
      var raws = new ArrayList<byte[]>();
      for (Message message : messages) {
        raws.add(raw(message));
      }
      assertThat(raws)
          .containsExactlyInAnyOrderElementsOf(all.stream().map(FixturesTest::sent).toList());
    }
  }

  @Test
  void hugeMailArrives() throws IOException {
    var huge = MailFixtures.huge(20 * MailFixtures.MB);
    account.inbox().imap().deliver(huge, Instant.EPOCH);
    try (Mailbox mailbox = open()) {
      assertThat(mailbox.sync().downloaded()).isEqualTo(1);

      Message message = mailbox.inbox().newest(1).get(0);
      assertThat(message.sizeInBytes()).isEqualTo(huge.sizeInBytes());
      try (InputStream in = message.openRaw();
          InputStream expected = huge.open()) {
        assertThat(in).hasSameContentAs(expected);
      }
    }
  }
}
