// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import dev.mailbox.testkit.script.ScriptedConnection;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;

/** Servers that greet and then say what they hear. */
final class Echo {
  private Echo() {}

  static ScriptedServer start() {
    return ScriptedServer.start().everyConnection(Echo::serve);
  }

  private static void serve(ScriptedConnection connection) throws IOException {
    connection.sendLine("hello");
    for (String line = connection.readLine(); line != null; line = connection.readLine()) {
      connection.sendLine(line);
    }
  }
}
