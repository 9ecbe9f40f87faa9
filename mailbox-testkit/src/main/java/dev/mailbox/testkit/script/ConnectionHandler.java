// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import java.io.IOException;

/** Plays the server's part in one connection of a {@link ScriptedServer}. */
@FunctionalInterface
public interface ConnectionHandler {

  /**
   * Serves one connection on a thread of its own. When it returns, what was sent is flushed and the
   * connection is closed politely. An {@link AssertionError} fails {@link ScriptedServer#verify};
   * an {@link IOException} means that the client left, which only a {@link Script} holds against
   * it.
   */
  void handle(ScriptedConnection connection) throws IOException;
}
