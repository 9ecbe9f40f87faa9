// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mailbox.testkit.Talk;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class NearMissTest {
  private static final String SCRIPT =
      """
      S: * OK ready
      C: a LOGIN ***
      S: a OK
      C: b SELECT INBOX
      S: b OK
      C: c UID FETCH 1:* (FLAGS)
      S: c OK
      C: d UID FETCH 1:9 (UID BODY.PEEK[])
      S: d OK
      C: e APPEND INBOX {3+}
      C: abc
      S: e OK
      -- end
      """;

  @AutoClose private final ScriptedServer server = ScriptedServer.start();

  /** What the server reports when the client logs in and says that. */
  private String report(String... lines) throws IOException {
    server.next(Script.parse(SCRIPT));
    try (var client = Talk.to(server.port())) {
      client.readLine();
      client.ask("1 LOGIN alice secret");
      for (String line : lines) {
        client.ask(line);
      }
    }
    return catchThrowable(server::verify).getMessage();
  }

  @Test
  void theFirstDifferenceIsMarked() throws IOException {
    assertThat(report("2 SELECT INBOX", "3 UID FETCH 1:5 (FLAGS)"))
        .startsWith(
            """
            connection 1, line 6 of the script: the client said something else
                expected: 3 UID FETCH 1:* (FLAGS)
                 but was: 3 UID FETCH 1:5 (FLAGS)
                                        ^
              the dialogue up to there:
                S: * OK ready
                C: 1 LOGIN ***
                S: 1 OK
                C: 2 SELECT INBOX
                S: 2 OK
                C: 3 UID FETCH 1:5 (FLAGS)""");
  }

  @Test
  void secretsAreNotShown() throws IOException {
    assertThat(report("2 LOGIN alice secret"))
        .contains("but was: 2 LOGIN ***\n")
        .doesNotContain("secret");
  }

  @Test
  void aLineThatComesTooEarlyOrTwiceIsTold() throws IOException {
    assertThat(report("2 UID FETCH 1:9 (UID BODY.PEEK[])"))
        .contains("It fits line 8, 2 commands further on: one was left out");
  }

  @Test
  void aLineThatWasSaidBeforeIsTold() throws IOException {
    assertThat(report("2 SELECT INBOX", "3 SELECT INBOX"))
        .contains("It fits line 4, which was said before");
  }

  @Test
  void anotherCaseIsTold() throws IOException {
    assertThat(report("2 select inbox")).contains("Only the case differs.");
  }

  @Test
  void theEndIsTold() throws IOException {
    assertThat(report("2 SELECT INBOX"))
        .contains("line 6 of the script: expected <c UID FETCH 1:* (FLAGS)> but the client closed");
  }

  @Test
  void anotherLiteralIsTold() throws IOException {
    String fetch = "UID FETCH 1:9 (UID BODY.PEEK[])";
    String[] start = {"2 SELECT INBOX", "3 UID FETCH 1:* (FLAGS)", "4 " + fetch};
    assertThat(report(start[0], start[1], start[2], "5 APPEND INBOX {3+}\r\nabX"))
        .contains("line 11 of the script: ")
        .contains("another literal, which differs from byte 2 on");
  }

  @Test
  void aLiteralOfAnotherSizeIsTold() throws IOException {
    String fetch = "UID FETCH 1:9 (UID BODY.PEEK[])";
    assertThat(
            report(
                "2 SELECT INBOX",
                "3 UID FETCH 1:* (FLAGS)",
                "4 " + fetch,
                "5 APPEND INBOX {4+}\r\nabcd"))
        .contains("but was: 5 APPEND INBOX {4+}\n                              ^");
  }

  @Test
  void longLinesAreShownAroundTheDifference() throws IOException {
    String set = "1,".repeat(300);
    server.next(Script.parse("S: * OK\nC: a FETCH " + set + "2 FLAGS\n"));
    try (var client = Talk.to(server.port())) {
      client.readLine();
      client.ask("a FETCH " + set + "3 FLAGS");
    }
    String[] report = catchThrowable(server::verify).getMessage().split("\n", -1);
    assertThat(report[1])
        .startsWith("    expected: ...1,")
        .endsWith("1,2 FLAGS")
        .hasSizeLessThan(200);
    assertThat(report[3].indexOf('^')).isEqualTo(report[1].indexOf("2 FLAGS"));
  }

  @Test
  void whereAScriptWaitsIsTold() throws IOException {
    server.next(Script.parse(SCRIPT));
    try (var client = Talk.to(server.port())) {
      client.readLine();
      client.ask("1 LOGIN alice secret");
      assertThat(catchThrowable(() -> server.verify(Duration.ofMillis(50))).getMessage())
          .contains("it waits at line 4 of the script; the client said [1 LOGIN ***]");
    }
  }
}
