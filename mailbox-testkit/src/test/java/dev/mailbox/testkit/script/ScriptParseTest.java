// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptParseTest {
  @AutoClose private final ScriptedServer server = ScriptedServer.start();

  private Talk client(String script) throws IOException {
    server.next(Script.parse(script));
    return Talk.to(server.port());
  }

  @Test
  void tagsAreTheClients() throws IOException {
    try (var client =
        client(
            """
            # any name will do
            S: * OK ready
            C: one NOOP
            S: * 3 EXISTS
            S: one OK done

            C: two UID SEARCH RETURN (ALL) ALL
            S: * ESEARCH (TAG "two") UID ALL 1:3
            S: two OK
            """)) {
      client.readLine();
      assertThat(client.run("x7", "NOOP")).containsExactly("* 3 EXISTS", "x7 OK done");
      assertThat(client.run("x8", "UID SEARCH RETURN (ALL) ALL"))
          .containsExactly("* ESEARCH (TAG \"x8\") UID ALL 1:3", "x8 OK");
      assertThat(client.readLine()).isNull();
    }
    server.verify();
  }

  @Test
  void tagsInLiteralsAreBytes() throws IOException {
    try (var client =
        client(
            """
            S: * OK ready
            C: 1 FETCH 1 BODY[]
            S: * 1 FETCH (BODY[] {12}
            S: 1 OK x
            S: \\x00\\xFF\\
            S:  UID 1)
            S: 1 OK y {5}
            C: 2 NOOP
            S: 2 OK
            """)) {
      client.readLine();
      assertThat(client.run("abc", "FETCH 1 BODY[]"))
          .containsExactly("* 1 FETCH (BODY[] {12}", "1 OK x", "\0\u00ff UID 1)", "abc OK y {5}");
      assertThat(client.run("2", "NOOP")).containsExactly("2 OK");
    }
    server.verify();
  }

  @Test
  void starsAreAnything() throws IOException {
    try (var client =
        client(
            """
            S: * OK ready
            C: 1 LOGIN ***
            S: 1 OK
            C: 2 LOGIN ***
            S: 2 OK
            C: 3 ID (*** "version" ***)
            S: 3 OK
            """)) {
      client.readLine();
      assertThat(client.run("1", "LOGIN alice secret")).containsExactly("1 OK");
      client.say("2 LOGIN {5+}\r\nalice {6}");
      assertThat(client.readLine()).startsWith("+ ");
      assertThat(client.ask("secret")).isEqualTo("2 OK");
      assertThat(client.ask("3 ID (\"name\" \"x\" \"version\" \"1\")")).isEqualTo("3 OK");
    }
  }

  @Test
  void literalsAreWhatTheScriptSays() throws IOException {
    try (var client =
        client(
            """
            S: * OK ready
            C: 1 APPEND INBOX {5}
            S: + go
            C: a
            C: bc\\
            C:
            S: 1 OK
            C: 2 LOGIN {5+}
            C: alice {6+}
            C: ******\\
            C:
            S: 2 OK
            C: 3 APPEND INBOX {9+} <9 bytes>
            S: 3 NO
            C: 4 APPEND INBOX {9}
            S: 4 NO too large
            C: 5 NOOP
            S: 5 OK
            """)) {
      client.readLine();
      assertThat(client.ask("1 APPEND INBOX {5}")).isEqualTo("+ go");
      assertThat(client.ask("a\r\nbc")).isEqualTo("1 OK");
      assertThat(client.ask("2 LOGIN {5+}\r\nalice {9+}\r\n123456789")).isEqualTo("2 OK");
      assertThat(client.ask("3 APPEND INBOX {2+}\r\nab")).isEqualTo("3 NO");
      assertThat(client.ask("4 APPEND INBOX {9}")).isEqualTo("4 NO too large");
      assertThat(client.ask("5 NOOP")).isEqualTo("5 OK");
    }
    server.verify();
  }

  @Test
  void exchangesAndIdleAreNoCommands() throws IOException {
    try (var client =
        client(
            """
            S: * OK ready
            C: 1 AUTHENTICATE LOGIN
            S: + ***
            C: ***
            S: + ***
            C: ***
            S: 1 OK
            C: 2 IDLE
            S: + idling
            S: * 2 EXISTS
            C: DONE
            S: 2 OK
            """)) {
      client.readLine();
      assertThat(client.ask("1 AUTHENTICATE LOGIN")).isEqualTo("+ Kioq");
      assertThat(client.ask("YWxpY2U=")).isEqualTo("+ Kioq");
      assertThat(client.ask("c2VjcmV0")).isEqualTo("1 OK");
      assertThat(client.ask("2 IDLE")).isEqualTo("+ idling");
      assertThat(client.readLine()).isEqualTo("* 2 EXISTS");
      assertThat(client.ask("DONE")).isEqualTo("2 OK");
    }
    server.verify();
  }

  private static final String PIPELINED_POP3 =
      """
      S: +OK ready
      C: CAPA
      C: UIDL
      C: UIDL 1
      C: AUTH PLAIN
      S: +OK
      S: UIDL
      S: .
      S: +OK
      S: 1 +OK
      S: .
      S: +OK 1 x
      S: +\\x20
      C: ***
      S: -ERR no
      C: RETR 1
      C: RETR 2
      S: +OK
      S: -ERR this is text
      S: ..
      S: .
      S: -ERR
      """;

  @Test
  void pipelinedCommandsOfPop3NeedNotBePipelined() throws IOException {
    try (var client = client(PIPELINED_POP3)) {
      client.readLine();
      assertThat(client.ask("CAPA")).isEqualTo("+OK");
      assertThat(client.lines()).containsExactly("UIDL");
      assertThat(client.ask("UIDL")).isEqualTo("+OK");
      assertThat(client.lines()).containsExactly("1 +OK");
      assertThat(client.ask("UIDL 1")).isEqualTo("+OK 1 x");
      assertThat(client.ask("AUTH PLAIN")).isEqualTo("+ ");
      assertThat(client.ask("AHNlY3JldA==")).isEqualTo("-ERR no");
      assertThat(client.ask("RETR 1")).isEqualTo("+OK");
      assertThat(client.lines()).containsExactly("-ERR this is text", ".");
      assertThat(client.ask("RETR 2")).isEqualTo("-ERR");
    }
    server.verify();
  }

  @Test
  void pipelinedCommandsOfPop3MayBePipelined() throws IOException {
    try (var client = client(PIPELINED_POP3)) {
      client.readLine();
      client.sayRaw("CAPA\r\nUIDL\r\nUIDL 1\r\nAUTH PLAIN\r\nxyzab\r\nRETR 1\r\nRETR 2\r\n");
      assertThat(new String(client.rest(), java.nio.charset.StandardCharsets.ISO_8859_1))
          .endsWith("-ERR no\r\n+OK\r\n-ERR this is text\r\n..\r\n.\r\n-ERR\r\n");
    }
    server.verify();
  }

  @Test
  void pipelinedCommandsOfImapNeedNotBePipelined() throws IOException {
    try (var client =
        client(
            """
            S: * OK ready
            C: 1 NOOP
            C: 2 APPEND INBOX {3+}
            C: abc\\
            C:
            C: 3 FETCH 1 FLAGS
            S: * 1 EXISTS
            S: 1 OK
            S: 2 OK
            S: * 1 FETCH (FLAGS (\\Seen))
            S: 3 OK
            """)) {
      client.readLine();
      assertThat(client.run("1", "NOOP")).containsExactly("* 1 EXISTS", "1 OK");
      assertThat(client.run("2", "APPEND INBOX {3+}\r\nabc")).containsExactly("2 OK");
      assertThat(client.run("3", "FETCH 1 FLAGS"))
          .containsExactly("* 1 FETCH (FLAGS (\\Seen))", "3 OK");
    }
    server.verify();
  }

  @Test
  void connectionsAreServedInTheirOrder(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("talk.txt"), "= 1\nS: first\n-- end\n= 2\nS: second\n= 3\n-- close\n");
    server.next(Script.read(file));
    for (String each : new String[] {"first", "second", null}) {
      try (var client = Talk.to(server.port())) {
        assertThat(client.readLine()).isEqualTo(each);
      }
    }
    server.verify();
  }

  @Test
  void tlsAndCompressionBeginWhereTheScriptSays() throws IOException {
    var context = TestCertificates.shared().clientContext();
    server.next(Script.parse("-- starttls\nS: +OK\nC: STLS\nS: -ERR\n"));
    try (var client = Talk.tls(server.url("pop3s"), context)) {
      assertThat(client.readLine()).isEqualTo("+OK");
      assertThat(client.ask("STLS")).isEqualTo("-ERR");
    }
    server.next(
        Script.parse("S: +OK\nC: STLS\nS: +OK\n-- TLSv1.3 TLS_AES_256_GCM_SHA384\nC: X\nS: Y\n"));
    try (var client = Talk.to(server.port())) {
      client.readLine();
      client.ask("STLS");
      assertThat(client.startTls(context, "localhost").ask("X")).isEqualTo("Y");
    }
    server.verify();
  }

  @Test
  void endingsAreThose() throws IOException {
    try (var client = client("S: a\n-- wait 20 ms\nS: b\\\n-- cut\n")) {
      assertThat(client.rest()).asString().isEqualTo("a\r\nb");
    }
    try (var client = client("S: a\nC: b\n-- reset\n")) {
      client.readLine();
      assertThatThrownBy(() -> client.ask("b")).isInstanceOf(IOException.class);
    }
    try (var client = client("S: a\n-- stall\n")) {
      client.readLine();
      server.verify();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S: a;X: b|line 2: it must start with .*: X: b",
        "S:a|line 1: it must start with .*",
        "# x;;S: a\\x1|line 3: two hexadecimal digits .*: S: a.*",
        "-- startls|line 1: behind -- may be starttls, compressed, wait, .*: -- startls",
        "-- wait soon|line 1: behind -- may be .*",
        "= 1;S: * OK;-- 12 lines left out|line 3: what was said there is missing.*",
      })
  void whatIsWrongIsNamedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> Script.parse(text.replace(';', '\n')))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches(message);
  }

  @Test
  void aFileThatIsWrongIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("talk.txt"), "what\n");
    assertThatThrownBy(() -> Script.read(file)).hasMessageContaining("talk.txt: line 1: ");
  }
}
