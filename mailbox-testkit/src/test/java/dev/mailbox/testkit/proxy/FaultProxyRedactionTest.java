// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static dev.mailbox.testkit.proxy.Direction.TO_CLIENT;
import static dev.mailbox.testkit.proxy.Direction.TO_SERVER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.proxy.Transcript.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultProxyRedactionTest {
  private static final String SECRET = "AHNlY3JldA==";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "* OK|1 LOGIN alice secret|1 LOGIN ***",
        "* OK|1  login \"alice\"  \"sec ret\"|1  login ***",
        "* OK|1 LOGIN|1 LOGIN",
        "* OK|1 LOGINS x|1 LOGINS x",
        "* OK|1 AUTHENTICATE PLAIN AHNlY3JldA==|1 AUTHENTICATE PLAIN ***",
        "* OK|1 authenticate plain|1 authenticate plain",
        "+OK|PASS secret  word|PASS ***",
        "+OK|pass secret|pass ***",
        "+OK|APOP alice c4c9334bac560ecc979e58001b3e22fb|APOP alice ***",
        "+OK|AUTH PLAIN AHNlY3JldA==|AUTH PLAIN ***",
        "+OK|AUTH|AUTH",
        "+OK|USER alice|USER alice",
        "what|PASS secret|PASS ***",
      })
  void secretsOfCommandsAreHidden(String greeting, String line, String shown) {
    assertThat(lines("S" + greeting + "\r\n", "C" + line + "\r\n")).last().isEqualTo("C: " + shown);
    assertThat(lines("S" + greeting + "\r\n", "C" + line)).last().isEqualTo("C: " + shown + "\\");
  }

  @Test
  void anExchangeIsHiddenUntilItsReply() {
    assertThat(
            lines(
                "S* OK\r\n",
                "C1 AUTHENTICATE CRAM-MD5\r\n",
                "S+ \r\n+ " + SECRET + "\r\n",
                "C" + SECRET + "\r\n",
                "S* CAPABILITY IMAP4rev1\r\n",
                "S+ " + SECRET + "\r\n",
                "C*\r\n",
                "S1 NO\r\n",
                "C2 NOOP\r\n",
                "S2 OK\r\n"))
        .containsExactly(
            "S: * OK",
            "C: 1 AUTHENTICATE CRAM-MD5",
            "S: +\\x20",
            "S: + ***",
            "C: ***",
            "S: * CAPABILITY IMAP4rev1",
            "S: + ***",
            "C: *",
            "S: 1 NO",
            "C: 2 NOOP",
            "S: 2 OK");
  }

  @Test
  void anExchangeOfPop3IsHiddenUntilItsReply() {
    assertThat(
            lines(
                "S+OK\r\n",
                "CAUTH PLAIN\r\n",
                "S+ \r\n",
                "C" + SECRET + "\r\n",
                "S-ERR no\r\n",
                "CCAPA\r\n"))
        .containsExactly("S: +OK", "C: AUTH PLAIN", "S: +\\x20", "C: ***", "S: -ERR no", "C: CAPA");
  }

  @Test
  void aPipelinedExchangeIsHidden() {
    assertThat(
            lines(
                "S+OK\r\n",
                "CCAPA\r\nAUTH PLAIN\r\n",
                "S+OK\r\n.\r\n+ \r\n",
                "C" + SECRET + "\r\n",
                "S+OK\r\n",
                "CSTAT\r\n"))
        .noneMatch(line -> line.contains(SECRET))
        .last()
        .isEqualTo("C: STAT");
    assertThat(
            lines(
                "S* OK\r\n",
                "C1 NOOP\r\n2 AUTHENTICATE PLAIN\r\n",
                "S1 OK\r\n+ \r\n",
                "C" + SECRET + "\r\n"))
        .last()
        .isEqualTo("C: ***");
  }

  @Test
  void literalsOfALoginAreHiddenAndCountTheSame() {
    assertThat(
            lines(
                "S* OK\r\n",
                "C1 LOGIN {5}\r\n",
                "S+ go\r\n",
                "Calice {6+}\r\nsecret\r\n",
                "S1 OK\r\n",
                "C2 APPEND INBOX {3+}\r\nabc\r\n"))
        .containsExactly(
            "S: * OK",
            "C: 1 LOGIN {5}",
            "S: + go",
            "C: *****\\",
            "C:  {6+}",
            "C: ******\\",
            "C:",
            "S: 1 OK",
            "C: 2 APPEND INBOX {3+}",
            "C: abc\\",
            "C:");
    assertThat(lines("S* OK\r\n", "C1 LOGIN alice {6+}\r\nsec")).last().isEqualTo("C: ***\\");
  }

  @Test
  void secretsInPiecesAreHidden() {
    assertThat(lines("S* OK\r\n", "C1 LOG", "S* NEWS\r\n", "CIN a secr", "S* X\r\n", "Cet\r\n"))
        .last()
        .isEqualTo("C: 1 LOGIN ***");
  }

  private static List<String> lines(String... said) {
    List<Run> runs = new ArrayList<>();
    for (String each : said) {
      Direction direction = each.startsWith("C") ? TO_SERVER : TO_CLIENT;
      runs.add(new Run(direction, each.substring(1).getBytes(ISO_8859_1)));
    }
    var transcript = new Transcript(1, runs, true);

    assertThat(transcript.toString()).doesNotContain("secret").doesNotContain(SECRET);
    return transcript.lines();
  }
}
