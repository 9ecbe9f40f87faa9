// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import dev.mailbox.imap.internal.ScriptedWire;
import dev.mailbox.testkit.script.ConnectionHandler;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions with servers that say what a test tells them to. */
final class SessionTestSupport implements AutoCloseable {
  private final List<ScriptedWire> wires = new ArrayList<>();

  /** A connection, not made yet. */
  ScriptedWire wire(ConnectionHandler handler) {
    ScriptedWire wire = ScriptedWire.to(handler);
    wires.add(wire);
    return wire;
  }

  /** A session that has been greeted. */
  ImapSession greeted(ConnectionHandler handler) throws WireException {
    return greeted("* OK hello", handler);
  }

  ImapSession greeted(String greeting, ConnectionHandler handler) throws WireException {
    ConnectionHandler whole =
        connection -> {
          connection.sendLine(greeting);
          handler.handle(connection);
        };
    ImapSession session = new ImapSession(wire(whole).connection());
    session.connect();
    return session;
  }

  /** Says these lines in answer to one command; {@code TAG} is its tag. */
  static ConnectionHandler answering(String... lines) {
    return connection -> {
      String tag = tag(connection.readLine());
      connection.send(String.join("\r\n", lines).replace("TAG", tag) + "\r\n");
    };
  }

  /** Does the same again and again. */
  static ConnectionHandler repeat(int times, ConnectionHandler handler) {
    return connection -> {
      for (int i = 0; i < times; i++) {
        handler.handle(connection);
      }
    };
  }

  /** The first word of a line. */
  static String tag(@Nullable String line) {
    return line == null ? "" : line.split(" ", 2)[0];
  }

  /** What the first server was told. */
  List<String> received() {
    return wires.get(0).server().received();
  }

  @Override
  public void close() {
    wires.forEach(ScriptedWire::close);
  }
}
