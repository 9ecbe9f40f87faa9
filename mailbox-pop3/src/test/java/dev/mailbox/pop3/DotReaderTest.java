// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.script.Script;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.wire.ConnectOptions;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.Endpoint;
import dev.mailbox.wire.Security;
import dev.mailbox.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotReaderTest {
  private static final String NASTY =
      "..\r\n...\r\n.. \r\nplain\r\n\r\n..a\r\n\n.\nbare\r.\r\r\n..\r\r\n\0\u00ff\u0080\r\n.\rx\r\n";
  private static final String NASTY_READ =
      ".\r\n..\r\n. \r\nplain\r\n\r\n.a\r\n\n.\nbare\r.\r\r\n.\r\r\n\0\u00ff\u0080\r\n\rx\r\n";

  /** Reads one reply that the script sends, and then the line behind it. */
  private static String read(Script script, boolean bareLf, String behind) throws WireException {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(script.stall());
      try (Connection connection = connect(server)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DotReader reader =
            new DotReader(connection.reader(), bareLf, out::write, Long.MAX_VALUE).run();
        assertThat(reader.size()).isEqualTo(out.size());
        assertThat(connection.reader().readLine().text()).isEqualTo(behind);
        return out.toString(StandardCharsets.ISO_8859_1);
      }
    }
  }

  private static Connection connect(ScriptedServer server) throws WireException {
    Endpoint endpoint = new Endpoint("localhost", server.port(), Security.NONE);
    Connection connection = Connection.to(ConnectOptions.to(endpoint).build());
    connection.connect();
    return connection;
  }

  private static String read(String bytes) throws WireException {
    return read(Script.script().send(bytes + "+OK behind\r\n"), false, "+OK behind");
  }

  @Test
  void emptyMessageIsADotAlone() throws WireException {
    assertThat(read(".\r\n")).isEmpty();
  }

  @Test
  void lineEndBeforeTheDotBelongsToTheMessage() throws WireException {
    assertThat(read("one\r\ntwo\r\n.\r\n")).isEqualTo("one\r\ntwo\r\n");
  }

  @Test
  void oddBytesPassAsTheyAre() throws WireException {
    assertThat(read(NASTY + ".\r\n")).isEqualTo(NASTY_READ);
  }

  @Test
  void oddBytesPassWhenEachComesAlone() throws WireException {
    Script script = Script.script().drip(NASTY + ".\r\n+OK behind\r\n", Duration.ofMillis(2));

    assertThat(read(script, false, "+OK behind")).isEqualTo(NASTY_READ);
  }

  @ParameterizedTest
  @ValueSource(ints = {65_532, 65_533, 65_534, 65_535, 65_536, 65_537, 131_070, 131_071, 131_072})
  void oddBytesPassAtTheEdgeOfABuffer(int at) throws WireException {
    for (int shift = 0; shift < NASTY.length(); shift += 3) {
      String head = "x".repeat(at - shift - 2) + "\r\n";
      assertThat(read(head + NASTY + ".\r\n").equals(head + NASTY_READ)).isTrue();
    }
  }

  @Test
  void stuffedBytesAreWhatTheyWereBefore() throws WireException {
    Random random = new Random(42);
    String alphabet = "..\r\n\na";
    for (int round = 0; round < 20; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 5000; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String message = text + "\r\n";
      assertThat(read(stuffed(message) + ".\r\n").equals(message)).isTrue();
    }
  }

  /** A dot more before each line with a dot, where a line ends with CR LF. */
  private static String stuffed(String message) {
    String lines = message.replace("\r\n.", "\r\n..");
    return lines.startsWith(".") ? "." + lines : lines;
  }

  @Test
  void bareLfAroundADotIsNoEnd() throws WireException {
    String message = "attack\n.\n+OK forged\r\nrest\r\n";

    assertThat(read(message + ".\r\n")).isEqualTo(message);
  }

  @Test
  void bareLfBeforeADotLineIsNoEnd() throws WireException {
    String message = "attack\n.\r\n+OK forged\r\nrest\r\n";

    assertThat(read(message + ".\r\n")).isEqualTo(message);
  }

  @Test
  void serverOfBareLfsEndsWithThem() throws WireException {
    Script script = Script.script().send("one\n..two\n.\n+OK behind\n");

    assertThat(read(script, true, "+OK behind")).isEqualTo("one\n.two\n");
  }

  @Test
  void sizesAreComparedInAllWaysThatServersCount() throws WireException {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(Script.script().send("ab\r\ncd\r\n.\r\n").stall());
      try (Connection connection = connect(server)) {
        DotReader reader =
            new DotReader(connection.reader(), false, (bytes, from, length) -> {}, 100).run();

        assertThat(reader.size()).isEqualTo(8);
        assertThat(reader.agreesWith(8)).isTrue();
        assertThat(reader.agreesWith(6)).isTrue();
        assertThat(reader.agreesWith(5)).isFalse();
        assertThat(reader.agreesWith(7)).isFalse();
        assertThat(reader.isOverLimit()).isFalse();
      }
    }
  }

  @Test
  void bytesOverTheLimitAreReadAndDropped() throws WireException {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(Script.script().send("0123456789\r\n.\r\n+OK behind\r\n").stall());
      try (Connection connection = connect(server)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DotReader reader = new DotReader(connection.reader(), false, out::write, 5).run();

        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("01234");
        assertThat(reader.isOverLimit()).isTrue();
        assertThat(connection.reader().readLine().text()).isEqualTo("+OK behind");
      }
    }
  }
}
