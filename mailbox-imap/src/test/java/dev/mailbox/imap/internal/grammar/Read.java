// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static dev.mailbox.testkit.script.Script.script;

import dev.mailbox.imap.internal.ScriptedWire;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.Limits;
import dev.mailbox.wire.WireException;

/** A reader of what a server said before it closed, at the beginning of the first response. */
final class Read implements AutoCloseable {
  private final ScriptedWire wire;
  private final ResponseReader in;

  private Read(ScriptedWire wire) throws WireException {
    this.wire = wire;
    wire.connection().connect();
    in = new ResponseReader(wire.connection());
    in.next();
  }

  /** What the server says, one character for each byte, and then CR LF. */
  static Read of(String said) throws WireException {
    return new Read(ScriptedWire.to(script().send(said + "\r\n")));
  }

  static Read of(String said, Limits limits) throws WireException {
    return new Read(ScriptedWire.to(script().send(said + "\r\n"), limits));
  }

  ResponseReader in() {
    return in;
  }

  Connection connection() {
    return wire.connection();
  }

  @Override
  public void close() {
    wire.close();
  }
}
