// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ImapOverrideTest {
  private static final String WHOLE = "* 1 FETCH (BODY[] {8}\r\nA: 1\r\n\r\n)\r\nf OK fetched\r\n";

  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final FakeAccount alice = CommonServer.alice(server);
  private final ImapFolder inbox = alice.inbox().imap();

  ImapOverrideTest() {
    inbox.deliver("A: 1\r\n\r\n".getBytes(ISO_8859_1));
  }

  private Talk fetching() throws IOException {
    Talk client = Talk.imap(server.imapUrl());
    client.run("s", "SELECT INBOX");
    client.say("f FETCH 1 BODY.PEEK[]");
    return client;
  }

  @Test
  void refusesOnceAndThenAsUsual() throws IOException {
    imap.on("noop").once().no("[UNAVAILABLE] later").on("CREATE").nth(2).bad("what?");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.ask("a NOOP")).isEqualTo("a NO [UNAVAILABLE] later");
      assertThat(client.ask("b NOOP")).startsWith("b OK");
      assertThat(client.ask("c CREATE a")).startsWith("c OK");
      assertThat(client.ask("d CREATE b")).isEqualTo("d BAD what?");
    }
    assertThat(alice.folders()).containsExactly("INBOX", "a");
    server.verify();
  }

  @Test
  void meansOnlyCommandsForWhichItsConditionHolds() throws IOException {
    imap.on("SELECT").where(c -> c.argument(0).equals("Archive")).first(1).no("[NOPERM] no");
    FakeFolder unused = alice.folder("Archive");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "SELECT INBOX")).last().asString().startsWith("a OK");
      assertThatThrownBy(server::verify).hasMessageContaining("never used: [override of SELECT]");
      assertThat(client.run("b", "SELECT Archive")).containsExactly("b NO [NOPERM] no");
      assertThat(client.run("c", "SELECT Archive")).last().asString().startsWith("c OK");
    }
    server.verify();
  }

  @Test
  void saysByeAndCloses() throws IOException {
    imap.on("NOOP").bye("going down");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "NOOP")).containsExactly("* BYE going down");
    }
  }

  @Test
  void greetsOtherwise() throws IOException {
    imap.on("CONNECT").nth(1).bye("[UNAVAILABLE] too busy");
    imap.on("CONNECT").nth(2).replyRaw("220 smtp ready\r\n");
    imap.on("CONNECT").nth(3).replyRaw("* OK\r\n");
    for (String greeting :
        new String[] {"* BYE [UNAVAILABLE] too busy", "220 smtp ready", "* OK"}) {
      try (var client = Talk.to(server.imapUrl())) {
        assertThat(client.readLine()).isEqualTo(greeting);
      }
    }
  }

  @Test
  void repliesWhatItIsTold() throws IOException {
    imap.on("LIST").reply("* LIST () \"/\" &&", "* LIST () NIL \"\"");
    imap.on("NOOP").replyRaw("* 1 EXPUNGE\n{tag} ok\n");
    imap.on("CREATE").obeyButReply("* BAD lost", "{tag} NO who knows");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "LIST \"\" *"))
          .containsExactly("* LIST () \"/\" &&", "* LIST () NIL \"\"", "a OK done");
      assertThat(client.run("b", "NOOP")).containsExactly("* 1 EXPUNGE", "b ok");
      assertThat(client.run("c", "CREATE X")).containsExactly("* BAD lost", "c NO who knows");
    }
    assertThat(alice.folders()).contains("X");
  }

  @Test
  void saysMoreBeforeAndAfterTheReply() throws IOException {
    imap.on("NOOP").once().untaggedFirst("* 5 EXISTS").on("CHECK").untaggedAfter("* 2 EXPUNGE");
    try (var client = fetching()) {
      client.reply("f");
      assertThat(client.run("a", "NOOP")).containsExactly("* 5 EXISTS", "a OK nothing done");
      assertThat(client.ask("b CHECK")).isEqualTo("b OK nothing done");
      assertThat(client.readLine()).isEqualTo("* 2 EXPUNGE");
    }
  }

  @Test
  void answersWhatWasNotAsked() throws IOException {
    imap.on("NOOP").once().answerNextEarly();
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.ask("x099 NOOP")).startsWith("x099 OK");
      assertThat(client.readLine()).isEqualTo("x100 OK before you asked");
      assertThat(client.ask("x100 NOOP")).startsWith("x100 OK");
    }
  }

  @Test
  void answersUnderAnotherTagOrNone() throws IOException {
    imap.on("NOOP").once().wrongTag().on("FETCH").withoutTagged();
    try (var client = fetching()) {
      assertThat(client.readRaw(WHOLE.indexOf("f OK"))).isEqualTo(WHOLE.split("f OK", 2)[0]);
      assertThat(client.ask("a NOOP")).isEqualTo("othera OK nothing done");
    }
  }

  @Test
  void announcesLiteralsOfAnotherLength() throws IOException {
    imap.on("FETCH").nth(1).literalsOffBy(3).on("FETCH").nth(2).literalsOffBy(-3);
    for (int length : new int[] {11, 5}) {
      try (var client = fetching()) {
        assertThat(client.reply("f"))
            .containsExactly("* 1 FETCH (BODY[] {" + length + "}", "A: 1", "", ")", "f OK fetched");
      }
    }
  }

  @Test
  void endsAReplyAfterExactlySoManyBytes() throws IOException {
    for (int bytes : new int[] {0, 1, 20, 25, WHOLE.length() - 1, WHOLE.length()}) {
      imap.heal().on("FETCH").closeAfter(bytes);
      try (var client = fetching()) {
        assertThat(new String(client.rest(), ISO_8859_1)).isEqualTo(WHOLE.substring(0, bytes));
      }
    }
  }

  @Test
  void closesAndResetsAndStalls() throws IOException {
    imap.on("FETCH").nth(1).close().on("FETCH").nth(2).reset().on("FETCH").nth(3).resetAfter(5);
    imap.on("FETCH").nth(4).stall().on("FETCH").nth(5).stallAfter(9);
    try (var client = fetching()) {
      assertThat(client.rest()).isEmpty();
    }
    for (int i = 0; i < 2; i++) {
      try (var client = fetching()) {
        assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
      }
    }
    try (var client = fetching()) {
      client.say("n NOOP");
      imap.awaitCommand("FETCH", Duration.ofSeconds(5));
    }
    assertThat(imap.count("NOOP")).isZero();
    try (var client = fetching()) {
      assertThat(client.readRaw(9)).isEqualTo("* 1 FETCH");
    }
    server.verify();
  }

  @Test
  void rewritesAndDrips() throws IOException {
    imap.on("NOOP")
        .nth(1)
        .rewrite(r -> new String(r, ISO_8859_1).replace("n", "\0").getBytes(ISO_8859_1));
    imap.on("NOOP").nth(2).drip(Duration.ofMillis(1));
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.ask("a NOOP")).isEqualTo("a OK \0othi\0g do\0e");
      assertThat(client.ask("b NOOP")).isEqualTo("b OK nothing done");
    }
  }

  @Test
  void refusesALiteralBeforeItComes() throws IOException {
    imap.on("APPEND").once().refuseLiteral("NO [TOOBIG] too large");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.ask("a APPEND INBOX {5}")).isEqualTo("a NO [TOOBIG] too large");
      assertThat(client.ask("b APPEND INBOX {2}")).isEqualTo("+ go on");
      client.say("hi");
      assertThat(client.reply("b")).last().asString().startsWith("b OK");
      imap.on("APPEND").closeAtLiteral();
      assertThat(client.ask("c APPEND INBOX {2}")).isNull();
    }
    assertThat(inbox.messages()).hasSize(2);
    assertThat(imap.commands("APPEND")).hasSize(3);
    server.verify();
  }

  @Test
  void runsSomethingInBetween() throws IOException {
    imap.on("FETCH").run(() -> inbox.flag(1, "\\Flagged"));
    try (var client = fetching()) {
      assertThat(client.reply("f"))
          .containsSequence("* 1 FETCH (FLAGS (\\Flagged \\Recent))", "f OK fetched");
    }
  }

  @Test
  void disconnectsAll() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      imap.disconnect();
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
  }
}
