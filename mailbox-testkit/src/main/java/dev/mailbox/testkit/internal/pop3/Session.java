// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.internal.fault.Misbehavior;
import dev.mailbox.testkit.internal.fault.Occasion;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.util.Locale;

/** One connection: the commands in turn, with what the overrides make of them. */
final class Session {
  private final Pop3Engine server;
  private final ScriptedConnection connection;
  private final Authorization authorization;
  private final Transaction transaction;
  private boolean open = true;

  Session(Pop3Engine server, ScriptedConnection connection) {
    this.server = server;
    this.connection = connection;
    this.transaction = new Transaction(server);
    this.authorization = new Authorization(server, connection, transaction);
  }

  void run() throws IOException {
    try {
      execute("CONNECT");
      while (open) {
        String line = connection.readLine();
        if (line == null) {
          return;
        }
        execute(line);
      }
    } finally {
      transaction.end();
    }
  }

  private void execute(String line) throws IOException {
    var occasion = new Occasion<>(line, transaction.user(), transaction.isOpen() ? "INBOX" : "");
    Fault fault = server.rules().meet(occasion);
    if (fault == null) {
      obey(line).writeTo(connection.output());
    } else {
      String heard =
          fault instanceof Fault.Misheard other
              ? line.replaceAll(other.regex(), other.replacement())
              : line;
      Reply reply = fault.takesEffect() ? obey(heard) : Reply.raw("");
      Ending ending = new Misbehavior(connection, text -> text).send(fault, reply);
      open &= ending == Ending.NONE;
    }
    startTlsIfDue();
  }

  private Reply obey(String line) throws IOException {
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String argument = space < 0 ? "" : line.substring(space + 1);
    if (server.lacks(verb)) {
      return Reply.error("unknown command");
    }
    if (verb.equals("QUIT")) {
      open = false;
      transaction.commit();
      return Reply.ok("bye");
    }
    return transaction.isOpen()
        ? transaction.execute(verb, argument)
        : authorization.execute(verb, argument);
  }

  private void startTlsIfDue() throws IOException {
    var context = server.stls();
    if (authorization.takeStartTls() && open && context != null) {
      open &= server.handshake(connection, context) == Ending.NONE;
    }
  }
}
