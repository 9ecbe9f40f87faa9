// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.imap.ImapValue;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server takes a client's bytes for. */
class CommandsTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final ImapFolder inbox = CommonServer.alice(server).inbox().imap();

  private ImapCommand last() {
    return imap.commands().get(imap.commands().size() - 1);
  }

  @Test
  void commandsAreTakenApart() throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      client.run("a1", "login \"al\\\"i\\\\ce\" \"\"");
      assertThat(last().tag()).isEqualTo("a1");
      assertThat(last().name()).isEqualTo("LOGIN");
      assertThat(last().arguments())
          .containsExactly(new ImapValue.Quoted("al\"i\\ce"), new ImapValue.Quoted(""));
      assertThat(last().argument(0)).isEqualTo("al\"i\\ce");
      assertThat(last().connection()).isEqualTo(1);

      client.run("a2", "uid fetch 1:*,7 (FLAGS body.peek[HEADER.FIELDS (A B)]<0.9> () ((x)))");
      assertThat(last().name()).isEqualTo("UID FETCH");
      assertThat(last().text())
          .isEqualTo("UID FETCH 1:*,7 (FLAGS body.peek[HEADER.FIELDS (A B)]<0.9> () ((x)))");
      assertThat(last().arguments()).hasSize(2);

      client.run("a3", "SELECT [Gmail]/All");
      assertThat(last().arguments()).containsExactly(new ImapValue.Atom("[Gmail]/All"));
    }
    assertThat(imap.commands("login")).hasSize(1);
    assertThat(imap.count("UID FETCH")).isEqualTo(1);
    assertThat(imap.count("FETCH")).isZero();
    imap.awaitCommand("select", SOON);
    assertThatThrownBy(() -> imap.awaitCommand("NOOP", Duration.ZERO))
        .hasMessageContaining("no NOOP")
        .hasMessageContaining("[Gmail]/All");
    assertThatThrownBy(server::verify).hasMessageContaining("not in this state");
  }

  @Test
  void literalsMayHoldAnything() throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      client.say("a LOGIN {7}");
      assertThat(client.readLine()).isEqualTo("+ go on");
      client.sayRaw("a\r\nb)\"{ {6+}\r\nsecret\r\n");
      assertThat(client.readLine()).startsWith("a NO");
      assertThat(last().arguments())
          .containsExactly(
              new ImapValue.Literal("a\r\nb)\"{", true), new ImapValue.Literal("secret", false));
      client.sayRaw("b ID ({0+}\r\n NIL)\r\n");
      assertThat(client.reply("b")).last().asString().startsWith("b OK");
    }
    server.verify();
  }

  @Test
  void pipelinedCommandsAreAnsweredInOrder() throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      client.sayRaw(
          "a LOGIN {5+}\r\nalice {6+}\r\nsecret\r\nb NOOP\r\nc SELECT INBOX\r\nd NOOP\r\n");
      assertThat(client.readLine()).startsWith("a OK");
      assertThat(client.readLine()).startsWith("b OK");
      assertThat(client.reply("c")).last().asString().startsWith("c OK");
      assertThat(client.readLine()).startsWith("d OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a ",
        "a  NOOP",
        "+ NOOP",
        "a NOOP ",
        "a LOGIN  x y",
        "a LOGIN \"x y",
        "a LOGIN \"x\\y\" z",
        "a LOGIN \"x\"y",
        "a LOGIN x y\u00e9",
        "a LOGIN \"\u00e9\" y",
        "a LOGIN x {3",
        "a LOGIN x {-3}",
        "a FETCH 1 (FLAGS",
        "a FETCH 1 ( FLAGS)",
        "a FETCH 1 FLAGS)",
        "a FETCH 1 BODY[HEADER",
        "a LOGIN x\ry z",
        "a LOGIN \"x\0\" z"
      })
  void whatIsNoCommandIsKeptAsSuch(String line) throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      assertThat(client.ask(line)).contains(" BAD ");
      assertThat(last().problem()).isPresent();
      assertThat(client.ask("b NOOP")).startsWith("b OK");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("broke the protocol");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOGIN a*b c",
        "LOGIN (a) b",
        "LOGIN a",
        "LOGIN a b c",
        "NOOP x",
        "ID (\"a\" b)",
        "SELECT a%b",
        "CREATE a\\b",
        "STATUS INBOX MESSAGES",
        "STATUS INBOX ()",
        "FETCH 0 FLAGS",
        "FETCH 1:2: FLAGS",
        "FETCH 1 \"FLAGS\"",
        "STORE 1 FLAGS (\"x\")",
        "STORE 1 FLAGS (a*)",
        "SEARCH SINCE 2020-01-01",
        "SEARCH",
        "SEARCH OR SEEN",
        "APPEND INBOX \"01-Jan-2020\" {1+}\r\nx",
        "APPEND INBOX \"x\"",
      })
  void wordsOfTheWrongKindAreViolations(String command) throws IOException {
    inbox.deliver(new byte[0]);
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      if (!command.startsWith("LOGIN")) {
        client.run("l", "LOGIN alice secret");
        client.run("s", "SELECT INBOX");
      }
      client.say("a " + command);
      assertThat(client.reply("a")).last().asString().startsWith("a BAD");
    }
    assertThatThrownBy(server::verify).hasMessageContaining(command.substring(0, 5));
  }

  @Test
  void lineBreakInAnArgumentIsSeenAsTheCommandThatItBecomes() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      client.sayRaw("a CREATE \"x\r\nb DELETE INBOX\r\n");
      assertThat(client.readLine()).startsWith("a BAD");
      assertThat(client.readLine()).startsWith("b NO");
    }
    assertThat(imap.commands("DELETE")).hasSize(1);
    assertThat(imap.commands("CREATE")).singleElement().matches(c -> c.problem().isPresent());
  }

  @Test
  void literalsThatNobodyAskedForNeedTheirExtension() throws IOException {
    imap.without("LITERAL+");
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).doesNotContain("LITERAL");
      client.sayRaw("a LOGIN {5+}\r\nalice secret\r\n");
      assertThat(client.readLine()).startsWith("a BAD");
      assertThat(client.ask("b NOOP")).startsWith("b OK");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("literal of 5 bytes");
  }

  @Test
  void shortLiteralsNeedOnlyTheSmallExtension() throws IOException {
    imap.capabilities("IMAP4rev1", "LITERAL-");
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).contains("LITERAL-");
      client.sayRaw("a LOGIN {5+}\r\nalice secret\r\n");
      assertThat(client.readLine()).startsWith("a OK");
      server.verify();
      client.sayRaw("b CREATE {4097+}\r\n" + "x".repeat(4097) + "\r\n");
      assertThat(client.readLine()).startsWith("b BAD");
      assertThat(client.ask("c NOOP")).startsWith("c OK");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("literal of 4097 bytes");
  }
}
