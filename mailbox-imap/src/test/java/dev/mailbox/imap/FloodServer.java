// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.testkit.script.ScriptedConnection;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * A server with one inbox of 100 messages that, at one command, says more and more until the client
 * leaves. It makes up what it says, and keeps nothing of it.
 */
final class FloodServer implements AutoCloseable {
  private final ScriptedServer server = ScriptedServer.start();
  private final String command;
  private final String first;
  private final IntFunction<String> more;
  private final AtomicLong sent = new AtomicLong();

  /**
   * A server.
   *
   * @param command at which, such as {@code UID FETCH}
   * @param first what is said first
   * @param more what is said then, for each number from 0 on
   */
  FloodServer(String command, String first, IntFunction<String> more) {
    this.command = command;
    this.first = first;
    this.more = more;
    server.everyConnection(this::serve);
  }

  String url() {
    return server.url("imap");
  }

  /** About how many bytes the client let it send. */
  long sent() {
    return sent.get();
  }

  private void serve(ScriptedConnection connection) throws IOException {
    connection.sendLine("* PREAUTH [CAPABILITY IMAP4rev1 NAMESPACE UIDPLUS MOVE ESEARCH] hello");
    connection.flush();
    for (String line = connection.readLine(); line != null; line = connection.readLine()) {
      String tag = line.substring(0, line.indexOf(' '));
      if (line.startsWith(command, tag.length() + 1)) {
        flood(connection);
      }
      connection.send(reply(line.substring(tag.length() + 1)) + tag + " OK done\r\n");
      connection.flush();
    }
  }

  private void flood(ScriptedConnection connection) throws IOException {
    connection.send(first);
    for (int number = 0; number >= 0; ) {
      StringBuilder block = new StringBuilder();
      while (block.length() < 1 << 16) {
        block.append(more.apply(number++));
      }
      connection.send(block.toString().getBytes(StandardCharsets.ISO_8859_1));
      sent.addAndGet(block.length());
    }
  }

  private static String reply(String command) {
    String name = command.split(" ", 2)[0];
    return switch (name) {
      case "NAMESPACE" -> "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n";
      case "LIST" -> "* LIST () \"/\" INBOX\r\n* LIST () \"/\" Archive\r\n";
      case "EXAMINE", "SELECT" ->
          "* 100 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 101] x\r\n";
      case "UID" ->
          command.contains("[HEADER]")
              ? messages("BODY[HEADER] {15}\r\nSubject: hi\r\n\r\n")
              : messages("FLAGS () RFC822.SIZE 100");
      default -> "";
    };
  }

  private static String messages(String items) {
    StringBuilder told = new StringBuilder();
    for (int i = 1; i <= 100; i++) {
      told.append("* ").append(i).append(" FETCH (UID ").append(i).append(' ');
      told.append(items).append(")\r\n");
    }
    return told.toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
