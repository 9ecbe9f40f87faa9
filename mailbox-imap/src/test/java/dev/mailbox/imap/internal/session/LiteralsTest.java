// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.script.ConnectionHandler;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.WireException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Literals go as the server takes them (RFC 7888). */
class LiteralsTest {
  private final SessionTestSupport support = new SessionTestSupport();

  @AfterEach
  void close() {
    support.close();
  }

  private ImapSession greeted(String capabilities, ConnectionHandler handler) throws WireException {
    return support.greeted("* OK [CAPABILITY " + capabilities + "] hello", handler);
  }

  /** Takes a command with one literal that is sent at once, and agrees. */
  private static ConnectionHandler atOnce(int size) {
    return connection -> {
      String line = connection.expectMatching("[A-Z]+1 X \\{" + size + "\\+\\}");
      assertThat(connection.readBytes(size)).hasSize(size);
      connection.expect("");
      connection.sendLine(SessionTestSupport.tag(line) + " OK");
    };
  }

  /** Takes a command with literals that wait for a go-ahead each, and agrees. */
  private static ConnectionHandler waiting(int size, int count) {
    return connection -> {
      String line = connection.expectMatching("[A-Z]+1 X \\{" + size + "\\}");
      for (int i = 1; i <= count; i++) {
        connection.sendLine("* 1 EXISTS");
        connection.sendLine("+ go ahead " + i);
        assertThat(connection.readBytes(size)).hasSize(size);
        connection.expect(i == count ? "" : " {" + size + "}");
      }
      connection.sendLine(SessionTestSupport.tag(line) + " OK");
    };
  }

  private static void check(ImapSession session, Probe probe) throws WireException {
    assertThat(session.run(probe).isOk()).isTrue();
    assertThat(probe.told()).contains("OK");
  }

  @Test
  void literalWaitsForTheGoAhead() throws WireException {
    ImapSession session = greeted("IMAP4rev1", waiting(5, 1));
    check(session, new Probe("X").withLiteral("abc"));

    assertThat(session.challenge()).isEqualTo("go ahead 1");
    assertThat(session.news()).isEqualTo(1);
  }

  @Test
  void eachLiteralWaitsForItsGoAhead() throws WireException {
    check(greeted("IMAP4rev1", waiting(5, 3)), new Probe("X").withLiteral("abc", "def", "ghi"));
  }

  @Test
  void literalGoesAtOnceWhereTheServerTakesIt() throws WireException {
    check(greeted("LITERAL+", atOnce(9_002)), new Probe("X").withLiteral("a".repeat(9_000)));
  }

  @Test
  void smallLiteralGoesAtOnceWhereTheServerTakesIt() throws WireException {
    check(greeted("LITERAL-", atOnce(4_096)), new Probe("X").withLiteral("a".repeat(4_094)));
    check(greeted("IMAP4rev2", atOnce(5)), new Probe("X").withLiteral("abc"));
  }

  @Test
  void largeLiteralWaitsWhereOnlySmallOnesAreTakenAtOnce() throws WireException {
    check(greeted("LITERAL-", waiting(4_097, 1)), new Probe("X").withLiteral("a".repeat(4_095)));
  }

  @Test
  void refusedLiteralIsNotSent() throws WireException {
    ImapSession session =
        greeted(
            "IMAP4rev1",
            connection -> {
              String line = connection.expectMatching("[A-Z]+1 X \\{5\\}");
              connection.sendLine(SessionTestSupport.tag(line) + " NO [TOOBIG] no");
              line = connection.expectMatching("[A-Z]+2 NOOP");
              connection.sendLine(SessionTestSupport.tag(line) + " OK");
            });
    Probe refused = new Probe("X").withLiteral("abc", "def");

    assertThat(session.run(refused).code()).isEqualTo("TOOBIG");
    assertThat(refused.told()).containsExactly("NO");
    check(session, new Probe("NOOP"));
  }

  @Test
  void literalWaitsUntilTheCommandsBeforeItAreAnswered() throws WireException {
    ImapSession session =
        greeted(
            "IMAP4rev1",
            connection -> {
              String first = connection.expectMatching("[A-Z]+1 FIRST");
              connection.sendLine(SessionTestSupport.tag(first) + " OK");
              String second = connection.expectMatching("[A-Z]+2 X \\{5\\}");
              connection.sendLine("+");
              assertThat(connection.readBytes(5)).asString().isEqualTo("\r\nabc");
              connection.expect("");
              connection.sendLine(SessionTestSupport.tag(second) + " OK");
            });
    Probe first = new Probe("FIRST");
    session.submit(first);
    session.submit(new Probe("X").withLiteral("abc"));
    assertThat(first.told()).containsExactly("OK");
    session.drain();

    assertThat(session.isQuiet()).isTrue();
  }

  @Test
  void commandThatIsNotSentYetCannotSucceed() throws WireException {
    ImapSession session = greeted("IMAP4rev1", SessionTestSupport.answering("TAG OK"));

    assertThatThrownBy(() -> session.run(new Probe("X").withLiteral("abc")))
        .isInstanceOf(GarbledReplyException.class);
    assertThat(session.isOpen()).isFalse();
  }

  @Test
  void goAheadAfterTheLastLiteralClosesTheConnection() throws WireException {
    ImapSession session =
        greeted(
            "IMAP4rev1",
            connection -> {
              String unused = connection.readLine();
              connection.sendLine("+");
              connection.sendLine("+");
              connection.flush();
              unused = connection.readLine();
            });

    assertThatThrownBy(() -> session.run(new Probe("X").withLiteral("abc")))
        .isInstanceOf(GarbledReplyException.class);
  }
}
