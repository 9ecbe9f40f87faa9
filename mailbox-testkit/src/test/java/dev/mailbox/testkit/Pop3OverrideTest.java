// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class Pop3OverrideTest {
  private static final byte[] MAIL = "A: 1\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String WHOLE = "+OK message follows\r\nA: 1\r\n\r\nbody\r\n.\r\n";

  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final FakePop3 pop3 = server.pop3();
  private final FakeMaildrop maildrop = CommonServer.alice(server).maildrop();

  Pop3OverrideTest() {
    maildrop.deliver(MAIL);
    maildrop.deliver(MAIL);
  }

  @Test
  void answersOnceAndThenAsUsual() throws IOException {
    pop3.on("pass").once().reply("-ERR [IN-USE] wait");
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("USER alice")).startsWith("+OK");
      assertThat(client.ask("PASS secret")).isEqualTo("-ERR [IN-USE] wait");
      assertThat(client.ask("PASS secret")).startsWith("+OK");
    }
    server.verify();
  }

  @Test
  void countsOverConnectionsAndMatchesArguments() throws IOException {
    pop3.on("RETR 2").nth(2).reply("-ERR second time").on("NOOP").first(2).reply("-ERR early");
    for (int round = 1; round <= 3; round++) {
      try (var client = Talk.pop3(server.pop3Url())) {
        assertThat(client.ask("NOOP")).startsWith(round <= 2 ? "-ERR early" : "+OK");
        assertThat(client.retrieve(1)).isEqualTo(MAIL);
        assertThat(client.ask("RETR 2")).startsWith(round == 2 ? "-ERR second time" : "+OK");
      }
    }
    server.verify();
  }

  @Test
  void refusedQuitCommitsNothing() throws IOException {
    pop3.on("QUIT").reply("-ERR some messages were not removed");
    deleteFirstAndQuit("-ERR some messages were not removed");
    assertThat(maildrop.messages()).hasSize(2);
  }

  @Test
  void obeyedQuitMayStillSayOtherwise() throws IOException {
    pop3.on("QUIT").obeyButReply("-ERR [SYS/TEMP] who knows");
    deleteFirstAndQuit("-ERR [SYS/TEMP] who knows");
    assertThat(maildrop.messages()).hasSize(1);
  }

  @Test
  void quitThatIsLostCommitsNothing() throws IOException {
    pop3.on("QUIT").close();
    deleteFirstAndQuit(null);
    assertThat(maildrop.messages()).hasSize(2);
  }

  @Test
  void quitWhoseReplyIsLostHasCommitted() throws IOException {
    pop3.on("QUIT").closeAfter(0);
    deleteFirstAndQuit(null);
    assertThat(maildrop.messages()).hasSize(1);
  }

  @Test
  void endsAReplyAfterExactlySoManyBytes() throws IOException {
    for (int bytes : new int[] {0, 1, 19, 21, 30, WHOLE.length() - 1, WHOLE.length()}) {
      pop3.heal().on("RETR").closeAfter(bytes);
      try (var client = Talk.pop3(server.pop3Url())) {
        client.say("RETR 1");
        assertThat(new String(client.rest(), ISO_8859_1)).isEqualTo(WHOLE.substring(0, bytes));
      }
    }
  }

  @Test
  void resetsTheConnection() throws IOException {
    pop3.on("RETR").resetAfter(10).on("STAT").reset();
    for (String command : new String[] {"RETR 1", "STAT"}) {
      try (var client = Talk.pop3(server.pop3Url())) {
        client.say(command);
        assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
      }
    }
  }

  @Test
  void stallsBeforeOrWithinAReply() throws IOException {
    pop3.on("RETR").stallAfter(7).on("STAT").stall();
    try (var client = Talk.pop3(server.pop3Url())) {
      client.say("STAT");
      client.say("NOOP");
      pop3.awaitCommand("STAT", Duration.ofSeconds(5));
      assertThatThrownBy(() -> pop3.awaitCommand("NOOP", Duration.ofMillis(10)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("no NOOP in PT0.01S; clients said");
    }
    assertThat(pop3.count("NOOP")).isZero();
    try (var client = Talk.pop3(server.pop3Url())) {
      client.say("RETR 1");
      pop3.awaitCommand("retr", Duration.ofSeconds(5));
      assertThat(client.readRaw(7)).isEqualTo("+OK mes");
    }
  }

  @Test
  void leavesOffTheTerminator() throws IOException {
    pop3.on("RETR").once().withoutTerminator();
    try (var client = Talk.pop3(server.pop3Url())) {
      client.sayRaw("RETR 1\r\nNOOP\r\nQUIT\r\n");
      assertThat(new String(client.rest(), ISO_8859_1))
          .isEqualTo("+OK message follows\r\nA: 1\r\n\r\nbody\r\n+OK\r\n+OK bye\r\n");
    }
  }

  @Test
  void rewritesDripsAndSaysRawBytes() throws IOException {
    pop3.on("RETR")
        .rewrite(
            reply -> new String(reply, ISO_8859_1).replace("body", "b\0dy").getBytes(ISO_8859_1))
        .on("STAT")
        .replyRaw("+OK 1 2\n")
        .on("NOOP")
        .drip(Duration.ofMillis(1));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.retrieve(1)).isEqualTo("A: 1\r\n\r\nb\0dy\r\n".getBytes(ISO_8859_1));
      assertThat(client.ask("STAT")).isEqualTo("+OK 1 2");
      assertThat(client.ask("NOOP")).isEqualTo("+OK");
    }
  }

  @Test
  void greetingIsACommandToo() throws IOException {
    pop3.on("CONNECT").first(1).reply("-ERR go away").on("CONNECT").nth(2).close();
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).isEqualTo("-ERR go away");
    }
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void runsSomethingBeforeACommand() throws IOException {
    pop3.on("RETR 1").run(() -> maildrop.deliver(MAIL));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.retrieve(1)).isEqualTo(MAIL);
    }
    assertThat(maildrop.messages()).hasSize(3);
  }

  @Test
  void unusedOverrideFailsVerification() {
    pop3.on("TOP").nth(2).reply("-ERR");
    assertThatThrownBy(server::verify).hasMessageContaining("never used: [override of TOP]");
  }

  private void deleteFirstAndQuit(@Nullable String reply) throws IOException {
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      assertThat(client.ask("QUIT")).isEqualTo(reply);
    }
  }
}
