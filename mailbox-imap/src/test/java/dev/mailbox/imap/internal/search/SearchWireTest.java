// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.imap.internal.ScriptedWire;
import dev.mailbox.imap.internal.command.Noop;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.search.Query;
import dev.mailbox.testkit.script.ScriptedConnection;
import dev.mailbox.wire.WireException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is searched for, the server gets one command. */
class SearchWireTest {
  private static final Pattern LITERAL = Pattern.compile(".*\\{([0-9]+)(\\+?)\\}");

  static Stream<String> hostileTexts() {
    return Stream.of(
        "\"",
        "\\\"\\",
        "a\r\nA9 DELETE INBOX",
        "\r\n",
        "\nA9 LOGOUT\n",
        "a\0b",
        "\uD83D",
        "x\uDE00\uD83Dy z",
        "{5}",
        "{5+}\r\nabcde",
        "ü\r\nA9 DELETE INBOX",
        "\u2028A9 LOGOUT\u0085",
        ")) ALL",
        "*%",
        "ü\"\\{3}",
        "\u007f\u0001\u001b",
        "x".repeat(10_000),
        "\"".repeat(10_000),
        "ü".repeat(10_000),
        "ü \"a\\\" ".repeat(1_500));
  }

  private static List<Query> queries(String text) {
    return List.of(
        Query.subject(text),
        Query.from(text),
        Query.to(text),
        new Query.InEnvelope(Query.Field.MESSAGE_ID, text),
        Query.header("X-{3}", text),
        Query.text(text),
        Query.text(text).or(Query.subject(text).and(Query.from(text))).or(Query.unread()));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void serverGetsOneCommandAtATime(String text) throws WireException {
    for (String capabilities : List.of("IMAP4rev1", "IMAP4rev1 LITERAL+", "IMAP4rev2")) {
      List<Query> queries = queries(text);
      try (ScriptedWire wire =
          ScriptedWire.to(connection -> serve(connection, capabilities, queries.size()))) {
        askAll(wire, queries);
        wire.server().verify();
      }
    }
  }

  private static void askAll(ScriptedWire wire, List<Query> queries) throws WireException {
    try (ImapSession session = new ImapSession(wire.connection())) {
      session.connect();
      for (Query query : queries) {
        SearchProgram program = SearchProgram.of(query);
        Search.ask(session, program.needsUtf8(), program::appendTo);
        assertThat(Noop.ask(session).isOk()).isTrue();
      }
    }
  }

  /** Takes a search and then a NOOP, again and again. */
  private static void serve(ScriptedConnection connection, String capabilities, int times)
      throws IOException {
    connection.sendLine("* OK [CAPABILITY " + capabilities + "] hello");
    for (int i = 0; i < times; i++) {
      String search = command(connection);
      assertThat(search).matches("(?s)[A-Z]+[0-9]+ UID SEARCH .*");
      connection.sendLine(search.split(" ", 2)[0] + " OK");
      String noop = connection.expectMatching("[A-Z]+[0-9]+ NOOP");
      connection.sendLine(noop.split(" ", 2)[0] + " OK");
    }
    connection.expectEnd();
  }

  /** Reads a command with its literals. */
  private static String command(ScriptedConnection connection) throws IOException {
    StringBuilder command = new StringBuilder();
    while (true) {
      String line = String.valueOf(connection.readLine());
      command.append(line);
      assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
      Matcher literal = LITERAL.matcher(line);
      if (!literal.matches()) {
        return command.toString();
      }
      if (literal.group(2).isEmpty()) {
        connection.sendLine("+");
      }
      int size = Integer.parseInt(literal.group(1));
      assertThat(connection.readBytes(size)).hasSize(size);
    }
  }
}
