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

  @AutoClose private final FakePop3 server = FakePop3.start();

  Pop3OverrideTest() {
    server.deliver(MAIL);
    server.deliver(MAIL);
  }

  @Test
  void answersOnceAndThenAsUsual() throws IOException {
    server.on("pass").once().reply("-ERR [IN-USE] wait");
    try (var client = Talk.to(server.url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("USER alice")).startsWith("+OK");
      assertThat(client.ask("PASS secret")).isEqualTo("-ERR [IN-USE] wait");
      assertThat(client.ask("PASS secret")).startsWith("+OK");
    }
    server.verify();
  }

  @Test
  void countsOverConnectionsAndMatchesArguments() throws IOException {
    server.on("RETR 2").nth(2).reply("-ERR second time").on("NOOP").first(2).reply("-ERR early");
    for (int round = 1; round <= 3; round++) {
      try (var client = Talk.pop3(server.url())) {
        assertThat(client.ask("NOOP")).startsWith(round <= 2 ? "-ERR early" : "+OK");
        assertThat(client.retrieve(1)).isEqualTo(MAIL);
        assertThat(client.ask("RETR 2")).startsWith(round == 2 ? "-ERR second time" : "+OK");
      }
    }
    server.verify();
  }

  @Test
  void refusedQuitCommitsNothing() throws IOException {
    server.on("QUIT").reply("-ERR some messages were not removed");
    deleteFirstAndQuit("-ERR some messages were not removed");
    assertThat(server.messages()).hasSize(2);
  }

  @Test
  void obeyedQuitMayStillSayOtherwise() throws IOException {
    server.on("QUIT").obeyButReply("-ERR [SYS/TEMP] who knows");
    deleteFirstAndQuit("-ERR [SYS/TEMP] who knows");
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void quitThatIsLostCommitsNothing() throws IOException {
    server.on("QUIT").close();
    deleteFirstAndQuit(null);
    assertThat(server.messages()).hasSize(2);
  }

  @Test
  void quitWhoseReplyIsLostHasCommitted() throws IOException {
    server.on("QUIT").closeAfter(0);
    deleteFirstAndQuit(null);
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void endsAReplyAfterExactlySoManyBytes() throws IOException {
    for (int bytes : new int[] {0, 1, 19, 21, 30, WHOLE.length() - 1, WHOLE.length()}) {
      server.heal().on("RETR").closeAfter(bytes);
      try (var client = Talk.pop3(server.url())) {
        client.say("RETR 1");
        assertThat(new String(client.rest(), ISO_8859_1)).isEqualTo(WHOLE.substring(0, bytes));
      }
    }
  }

  @Test
  void resetsTheConnection() throws IOException {
    server.on("RETR").resetAfter(10).on("STAT").reset();
    for (String command : new String[] {"RETR 1", "STAT"}) {
      try (var client = Talk.pop3(server.url())) {
        client.say(command);
        assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
      }
    }
  }

  @Test
  void stallsBeforeOrWithinAReply() throws IOException {
    server.on("RETR").stallAfter(7).on("STAT").stall();
    try (var client = Talk.pop3(server.url())) {
      client.say("STAT");
      client.say("NOOP");
      server.awaitCommand("STAT", Duration.ofSeconds(5));
    }
    assertThat(server.count("NOOP")).isZero();
    try (var client = Talk.pop3(server.url())) {
      client.say("RETR 1");
      assertThat(client.readRaw(7)).isEqualTo("+OK mes");
    }
  }

  @Test
  void leavesOffTheTerminator() throws IOException {
    server.on("RETR").once().withoutTerminator();
    try (var client = Talk.pop3(server.url())) {
      client.sayRaw("RETR 1\r\nNOOP\r\nQUIT\r\n");
      assertThat(new String(client.rest(), ISO_8859_1))
          .isEqualTo("+OK message follows\r\nA: 1\r\n\r\nbody\r\n+OK\r\n+OK bye\r\n");
    }
  }

  @Test
  void rewritesDripsAndSaysRawBytes() throws IOException {
    server
        .on("RETR")
        .rewrite(
            reply -> new String(reply, ISO_8859_1).replace("body", "b\0dy").getBytes(ISO_8859_1))
        .on("STAT")
        .replyRaw("+OK 1 2\n")
        .on("NOOP")
        .drip(Duration.ofMillis(1));
    try (var client = Talk.pop3(server.url())) {
      assertThat(client.retrieve(1)).isEqualTo("A: 1\r\n\r\nb\0dy\r\n".getBytes(ISO_8859_1));
      assertThat(client.ask("STAT")).isEqualTo("+OK 1 2");
      assertThat(client.ask("NOOP")).isEqualTo("+OK");
    }
  }

  @Test
  void greetingIsACommandToo() throws IOException {
    server.on("CONNECT").first(1).reply("-ERR go away").on("CONNECT").nth(2).close();
    try (var client = Talk.to(server.url())) {
      assertThat(client.readLine()).isEqualTo("-ERR go away");
    }
    try (var client = Talk.to(server.url())) {
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void runsSomethingBeforeACommand() throws IOException {
    server.on("RETR 1").run(() -> server.deliver(MAIL));
    try (var client = Talk.pop3(server.url())) {
      assertThat(client.retrieve(1)).isEqualTo(MAIL);
    }
    assertThat(server.messages()).hasSize(3);
  }

  @Test
  void unusedOverrideFailsVerification() {
    server.on("TOP").nth(2).reply("-ERR");
    assertThatThrownBy(server::verify).hasMessageContaining("never used: [override of TOP]");
  }

  private void deleteFirstAndQuit(@Nullable String reply) throws IOException {
    try (var client = Talk.pop3(server.url())) {
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      assertThat(client.ask("QUIT")).isEqualTo(reply);
    }
  }
}
