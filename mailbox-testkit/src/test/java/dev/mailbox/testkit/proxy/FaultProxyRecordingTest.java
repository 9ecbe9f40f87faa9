// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static dev.mailbox.testkit.proxy.Direction.TO_CLIENT;
import static dev.mailbox.testkit.proxy.Direction.TO_SERVER;
import static dev.mailbox.testkit.script.Script.script;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FaultProxyRecordingTest {
  @AutoClose private final ScriptedServer server = ScriptedServer.start();
  @AutoClose private final FakeMailServer mails = FakeMailServer.start();
  private final FakeImap imap = mails.imap();
  private final FakePop3 pop3 = mails.pop3();
  private final FakeFolder inbox = mails.user("alice", "secret").inbox();

  @Test
  void nothingIsKeptUnlessItIsAskedFor() throws IOException {
    try (var proxy = FaultProxy.to(pop3.port())) {
      try (var client = Talk.pop3(proxy.url("pop3"))) {
        assertThat(client.ask("QUIT")).startsWith("+OK");
      }
      assertThat(proxy.transcript(1).lines()).isEmpty();
      assertThat(proxy.transcript(1).isComplete()).isFalse();
    }
  }

  @Test
  void aTalkIsWrittenLineByLineWithoutThePassword() throws IOException {
    inbox.deliver("Subject: a\r\n\r\n.\tb\\ \r\n".getBytes(ISO_8859_1));
    try (var proxy = FaultProxy.to(pop3.port()).recording()) {
      try (var client = Talk.pop3(proxy.url("pop3"))) {
        assertThat(client.retrieve(1)).hasSize(21);
      }
      Transcript transcript = proxy.transcript(1);
      assertThat(transcript.lines())
          .filteredOn(line -> !line.startsWith("S: +OK") && !line.startsWith("-- "))
          .containsExactly(
              "C: USER alice",
              "C: PASS ***",
              "C: RETR 1",
              "S: Subject: a",
              "S:",
              "S: ..\\tb\\\\\\x20",
              "S: .");
      assertThat(transcript.isComplete()).isTrue();
      assertThat(transcript.connection()).isEqualTo(1);
      assertThat(transcript.bytes(TO_SERVER))
          .asString()
          .isEqualTo("USER alice\r\nPASS secret\r\nRETR 1\r\n");
      assertThat(proxy.transcripts()).hasSize(1);
    }
  }

  @Test
  void literalsAreWrittenByTheirCount() throws IOException {
    inbox.deliver("Subject: x\r\n\r\n2 LOGIN a b".getBytes(ISO_8859_1));
    try (var proxy = FaultProxy.to(imap.port()).recording()) {
      try (var client = Talk.imap(proxy.url("imap"))) {
        client.run("2", "SELECT INBOX");
        client.run("3", "FETCH 1 BODY.PEEK[]");
        client.run("4", "APPEND INBOX {11+}\r\n9 LOGIN c d\r\n9 NOOP");
      }
      String text = proxy.transcript(1).toString();
      assertThat(text)
          .contains("C: l LOGIN ***\n")
          .contains("{25}\nS: Subject: x\nS:\nS: 2 LOGIN a b\\\nS: )\n")
          .contains("C: 4 APPEND INBOX {11+}\nC: 9 LOGIN c d\\\nC:\nC: 9 NOOP\n");
    }
  }

  @Test
  void theTextHasAllBytes() throws IOException {
    var odd = new StringBuilder("* OK\r\n* 1 F {256}\r\n");
    for (char each = 0; each < 256; each++) {
      odd.append(each);
    }
    odd.append(" \r\n\r\n\n\r\\ \n* 2 F {0}\r\n)\r\n \r\nend");
    server.next(script().send(odd.toString()));
    try (var proxy = FaultProxy.to(server.port()).recording();
        var client = Talk.to(proxy.port())) {
      assertThat(client.rest()).hasSize(odd.length());
      Transcript transcript = proxy.transcript(1);
      assertThat(transcript.bytes(TO_CLIENT)).asString(ISO_8859_1).isEqualTo(odd.toString());
      assertThat(TranscriptReader.bytes(transcript, "S:")).isEqualTo(odd.toString());
      assertThat(transcript.toString()).matches("[ -~\n]*").doesNotContain(" \n");
    }
  }

  @Test
  void theLimitIsForBothDirectionsTogether() throws IOException {
    try (var proxy = FaultProxy.to(pop3.port()).recording(30)) {
      try (var client = Talk.pop3(proxy.url("pop3"))) {
        assertThat(client.ask("NOOP")).startsWith("+OK");
      }
      Transcript transcript = proxy.transcript(1);
      assertThat(transcript.isComplete()).isFalse();
      assertThat(transcript.bytes(TO_SERVER).length + transcript.bytes(TO_CLIENT).length)
          .isEqualTo(30);
    }
  }

  @Test
  void whatAHookChangedIsWrittenAsItWasPassedOn() throws IOException {
    try (var proxy = FaultProxy.to(pop3.port()).recording()) {
      proxy.rewriteLines(TO_SERVER, line -> line.replace("XYZ", "NOOP"));
      try (var client = Talk.pop3(proxy.url("pop3"))) {
        assertThat(client.ask("XYZ")).startsWith("+OK");
      }
      assertThat(proxy.transcript(1).lines()).contains("C: NOOP");
    }
  }
}
