// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.mail.Fixture;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests named as a {@link GreenMailDefect} pass as long as GreenMail has it. */
class GreenMailDefectTest {
  private static final byte[] TWO_LINES = "A: 1\r\n\r\nbody\r\n".getBytes(ISO_8859_1);

  @AutoClose private final GreenMailServer server = GreenMailServer.start();
  private final ServerFolder inbox = server.user("alice", "secret").inbox();

  @Test
  void everyDefectIsShown() {
    List<String> shown =
        Stream.of(GreenMailDefectTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT))
            .toList();
    assertThat(GreenMailDefect.values()).allMatch(defect -> shown.contains(defect.name()));
  }

  @Test
  void deleSurvivesDrop() throws IOException {
    inbox.deliver(TWO_LINES);
    try (var client = Talk.pop3(server.pop3Url())) {
      Talk.expectOk(client.ask("DELE 1"));
    }
    try (var client = Talk.pop3(server.pop3Url())) {
      Talk.expectOk(client.ask("QUIT"));
    }
    assertThat(inbox.count()).isZero();
  }

  @Test
  void retrOfDeleted() throws IOException {
    inbox.deliver(TWO_LINES);
    try (var client = Talk.pop3(server.pop3Url())) {
      Talk.expectOk(client.ask("DELE 1"));
      assertThat(client.ask("RETR 1")).startsWith("+OK");
    }
  }

  @Test
  void noMaildropLock() throws IOException {
    try (var first = Talk.pop3(server.pop3Url());
        var second = Talk.pop3(server.pop3Url())) {
      assertThat(first.ask("NOOP")).startsWith("+OK");
      assertThat(second.ask("NOOP")).startsWith("+OK");
    }
  }

  @Test
  void noSessionSnapshot() throws IOException {
    inbox.deliver(TWO_LINES);
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("STAT")).startsWith("+OK 1 ");
      inbox.deliver(TWO_LINES);
      assertThat(client.ask("STAT")).startsWith("+OK 2 ");
    }
  }

  @Test
  void rsetAnswersTwice() throws IOException {
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("RSET")).isEqualTo("+OK");
      assertThat(client.ask("STAT")).contains("undeleted");
    }
  }

  @Test
  void sizeOfBodyOnly() throws IOException {
    inbox.deliver(TWO_LINES);
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("LIST 1")).isEqualTo("+OK 1 6");
      assertThat(client.ask("STAT")).isEqualTo("+OK 1 6");
    }
  }

  @Test
  void noStls() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      Talk.expectOk(client.readLine());
      assertThat(client.ask("STLS")).startsWith("-ERR");
    }
  }

  @Test
  void capaIncomplete() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      Talk.expectOk(client.readLine());
      Talk.expectOk(client.ask("CAPA"));
      assertThat(client.lines()).containsExactly("UIDL", "SASL PLAIN XOAUTH2");
    }
  }

  @Test
  void passwordEndsAtSpace() throws IOException {
    server.user("bob", "pass");
    try (var client = Talk.to(server.pop3Url())) {
      Talk.expectOk(client.readLine());
      Talk.expectOk(client.ask("USER bob"));
      assertThat(client.ask("PASS pass word")).startsWith("+OK");
    }
  }

  @Test
  void noResponseCodes() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      Talk.expectOk(client.readLine());
      Talk.expectOk(client.ask("USER alice"));
      assertThat(client.ask("PASS wrong")).startsWith("-ERR").contains("Exception");
    }
  }

  @Test
  void uidlCountsFromOne() throws IOException {
    inbox.deliver(mail("one"));
    try (var other = GreenMailServer.start()) {
      other.user("alice", "secret").inbox().deliver(mail("other"));
      for (String url : List.of(server.pop3Url(), other.pop3Url())) {
        try (var client = Talk.pop3(url)) {
          assertThat(client.ask("UIDL 1")).isEqualTo("+OK 1 1");
        }
      }
    }
  }

  @Test
  void blankFirstLineLost() throws IOException {
    assertThat(retrieved(Fixture.BODY_ONLY.raw())).isEqualTo("There is no header.\r\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fixture.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BARE_LF", "BARE_CR", "MIXED_LINE_ENDS", "EMPTY", "BODY_ONLY", "BROKEN_HEADER"})
  void otherMailsAreRetrievedByteForByte(Fixture fixture) throws IOException {
    String raw = new String(fixture.raw(), ISO_8859_1);
    assertThat(retrieved(fixture.raw())).isEqualTo(raw.endsWith("\r\n") ? raw : raw + "\r\n");
  }

  @Test
  void headerLfBecomesCrlf() {
    assertThat(held(Fixture.BARE_LF)).startsWith("Subject: bare\r\nFrom: a@example.org\r\n");
  }

  @Test
  void brokenHeaderChanged() {
    String raw = new String(Fixture.BROKEN_HEADER.raw(), ISO_8859_1);
    assertThat(held(Fixture.BROKEN_HEADER)).isNotEqualTo(raw);
  }

  @Test
  void headerOnlyGainsEmptyLine() {
    String raw = new String(Fixture.HEADER_ONLY.raw(), ISO_8859_1);
    assertThat(held(Fixture.HEADER_ONLY)).isEqualTo(raw + "\r\n");
  }

  private String held(Fixture fixture) {
    inbox.deliver(fixture.raw());
    return new String(inbox.messages().get(0).raw(), ISO_8859_1);
  }

  private String retrieved(byte[] raw) throws IOException {
    inbox.deliver(raw);
    try (var client = Talk.pop3(server.pop3Url())) {
      return new String(client.retrieve(1), ISO_8859_1);
    }
  }
}
