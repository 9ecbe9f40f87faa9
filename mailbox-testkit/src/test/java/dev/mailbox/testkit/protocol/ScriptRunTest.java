// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptRunTest {
  private static final List<String> START = List.of("A: connect", "A< * OK", "A> NOOP");

  @Test
  void whatComesAsExpectedPasses() {
    assertThatCode(
            () ->
                imap(
                    "* 3 EXISTS\n* 1 FETCH (UID 9)\na1 OK done",
                    "A< * 1 FETCH (UID 9)",
                    "A< * 3 EXISTS",
                    "A< OK"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a1 OK done",
        "* 4 EXISTS\na1 OK done",
        "* 3 EXISTS\n* 3 EXISTS\na1 OK done",
        "* 3 EXISTS\n* 1 EXPUNGE\na1 OK done",
        "* 3 EXISTS\n* BYE bye\na1 OK done",
        "* 3 EXISTS\na1 NO done",
        "* 3 EXISTS\na2 OK done",
        "* 3 EXISTS\n+ more\na1 OK done",
        "* 3 EXISTS",
        "* 3 EXISTS\na1 OK",
        "* 3 EXISTS\n* OK [UIDNEXT 4]\na1 OK done",
        "* 3  EXISTS\na1 OK done",
      })
  void whatIsNotExpectedFails(String replies) {
    assertThatThrownBy(() -> imap(replies, "A< * 3 EXISTS", "A< OK"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("test.txt:4: ");
  }

  @Test
  void failureShowsWhatCameAndAllThatWasSaid() {
    assertThatThrownBy(() -> imap("* 4 EXISTS\na1 OK done", "A< * 3 EXISTS", "A< OK"))
        .hasMessageContaining("missing [[*, 3, EXISTS]] unexpected [[*, 4, EXISTS]]")
        .hasMessageContaining("expected:\n  * 3 EXISTS\n  OK")
        .hasMessageContaining("received:\n  * 4 EXISTS\n  a1 OK done")
        .hasMessageContaining("all of A:\nS: * OK hello\nC: a1 NOOP\nS: * 4 EXISTS");
  }

  @Test
  void whatIsForPeopleMayAlwaysCome() {
    assertThatCode(() -> imap("* OK still here\n* 0 RECENT\na1 OK done", "A< OK"))
        .doesNotThrowAnyException();
  }

  @Test
  void othersMayComeWhenSaidSoButNotWhatMustNot() {
    String replies = "* 3 EXISTS\n* 1 EXPUNGE\na1 OK done";
    assertThatCode(() -> imap(replies, "A< ...", "A< * 3 EXISTS", "A< OK"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> imap(replies, "A< ...", "A<! * ? EXPUNGE", "A< OK"))
        .hasMessageContaining("unexpected [[*, 1, EXPUNGE]]");
  }

  @Test
  void whatMayComeNeedNot() {
    assertThatCode(() -> imap("a1 OK done", "A<? * 3 EXISTS", "A< OK")).doesNotThrowAnyException();
    assertThatCode(() -> imap("* 3 EXISTS\na1 OK done", "A<? * 3 EXISTS", "A< OK"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> imap("* 4 EXISTS\na1 OK done", "A<? * 3 EXISTS", "A< OK"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void removedMessagesAreComparedByWhatTheyWere() {
    String replies = "* 4 EXPUNGE\n* 2 EXPUNGE\na1 OK done";
    assertThatCode(() -> imap(replies, "A< expunged 2,4", "A< OK")).doesNotThrowAnyException();
    assertThatThrownBy(() -> imap(replies, "A< expunged 2,5", "A< OK"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> imap(replies, "A< OK")).isInstanceOf(AssertionError.class);
  }

  @Test
  void checkThatDoesNotHoldFails() {
    assertThatThrownBy(
            () -> imap("* 3 EXISTS\na1 OK done", "A< * $n EXISTS", "A< OK", "check $n > 3"))
        .hasMessageContaining("not so: 3 > 3");
    assertThatCode(
            () ->
                imap(
                    "* 3 EXISTS\na1 OK done",
                    "A< * $n EXISTS",
                    "A< OK",
                    "let m = $n + 1",
                    "check $m = 4"))
        .doesNotThrowAnyException();
  }

  @Test
  void pop3IsComparedLineByLine() {
    assertThatCode(() -> pop3("+OK hi\none\n..two\n.", "A< +OK", "A< one", "A< .two", "A< ."))
        .doesNotThrowAnyException();
    assertThatCode(() -> pop3("+OK 2 30 more", "A< +OK 2 $octets")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-ERR no",
        "+OK\ntwo\n.",
        "+OK\none\ntwo\n.",
        "+OK\n.",
        "+OK\n.one\n.",
        "+OK\none"
      })
  void pop3MismatchFails(String replies) {
    assertThatThrownBy(() -> pop3(replies, "A< +OK", "A< one", "A< ."))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("test.txt:4: ");
  }

  @Test
  void pop3ReplyCodeIsCompared() {
    assertThatCode(() -> pop3("-ERR [AUTH] no", "A< -ERR [AUTH]")).doesNotThrowAnyException();
    assertThatThrownBy(() -> pop3("-ERR [IN-USE] no", "A< -ERR [AUTH]"))
        .isInstanceOf(AssertionError.class);
  }

  private static void imap(String replies, String... expected) throws IOException {
    play("* OK hello", replies, START, expected);
  }

  private static void pop3(String replies, String... expected) throws IOException {
    play("+OK hello", replies, List.of("A: connect", "A< +OK", "A> NOOP"), expected);
  }

  private static void play(String greeting, String replies, List<String> start, String... expected)
      throws IOException {
    var lines = new ArrayList<String>(start);
    lines.addAll(List.of(expected));
    Script script = ScriptParser.parse("test.txt", lines, "fake");
    try (var server = ScriptedServer.start()) {
      server.next(
          connection -> {
            connection.sendLine(greeting);
            connection.flush();
            connection.readLine();
            connection.send(replies.replace("\n", "\r\n") + "\r\n");
          });
      var known = new ExternalServer("fake", URI.create("imap://u:p@localhost:" + server.port()));
      try (ScriptRun run = run(script, known, greeting)) {
        run.play();
      }
    }
  }

  private static ScriptRun run(Script script, ProtocolServer server, String greeting) {
    return greeting.startsWith("*")
        ? new ImapRun(script, server, server.user(""))
        : new Pop3Run(script, server, server.user(""));
  }
}
