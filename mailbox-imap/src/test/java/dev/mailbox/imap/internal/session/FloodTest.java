// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.script.ConnectionHandler;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.WireException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that never stops to tell. */
class FloodTest {
  private final SessionTestSupport support = new SessionTestSupport();

  @AfterEach
  void close() {
    support.close();
  }

  private static ConnectionHandler endless(String line) {
    byte[] lines = (line + "\r\n").repeat(1_000).getBytes(StandardCharsets.ISO_8859_1);
    return connection -> {
      String unused = connection.readLine();
      while (true) {
        connection.send(lines);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* 1 EXISTS",
        "* 1 EXPUNGE",
        "* 1 RECENT",
        "* 1 FETCH (FLAGS ())",
        "* OK Still here",
        "* NO [ALERT] hot",
        "* CAPABILITY IMAP4rev1",
        "* FLAGS ()",
        "* XANYTHING",
        "* MINE again",
      })
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void floodEndsTheSession(String line) throws WireException {
    ImapSession session = support.greeted(endless(line));

    assertThatThrownBy(() -> session.run(new Probe("NOOP")))
        .isInstanceOf(GarbledReplyException.class);
    assertThat(session.isOpen()).isFalse();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void floodBeforeAGoAheadEndsTheSession() throws WireException {
    ImapSession session = support.greeted(endless("* 1 EXISTS"));

    assertThatThrownBy(() -> session.run(new Probe("X").withLiteral("abc")))
        .isInstanceOf(GarbledReplyException.class);
  }

  @Test
  void eachCommandMayBringMuch() throws WireException {
    ImapSession session =
        support.greeted(
            SessionTestSupport.repeat(
                3,
                connection -> {
                  String tag = SessionTestSupport.tag(connection.readLine());
                  connection.send("* 1 EXISTS\r\n".repeat(60_000));
                  connection.sendLine(tag + " OK");
                }));
    for (int i = 0; i < 3; i++) {
      assertThat(session.run(new Probe("NOOP")).isOk()).isTrue();
    }
  }
}
