// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.pop3;

import dev.mailbox.testkit.internal.net.Truncation;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One connection: the commands in turn, with what the overrides make of them. */
final class Session {
  private final ScriptedPop3 server;
  private final ScriptedConnection connection;
  private final Authorization authorization;
  private final Transaction transaction;
  private boolean open = true;

  Session(ScriptedPop3 server, ScriptedConnection connection) {
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
    List<Fault> faults = new ArrayList<>();
    for (Pop3Override override : server.claimants(line)) {
      override.runAction();
      Fault fault = override.fault();
      if (fault != null) {
        faults.add(fault);
      }
    }
    if (faults.isEmpty()) {
      obey(line).writeTo(connection.output());
    } else {
      misbehave(line, faults.get(faults.size() - 1));
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

  private void misbehave(String line, Fault fault) throws IOException {
    Reply reply = fault.takesEffect() ? obey(line) : Reply.raw("");
    if (fault instanceof Fault.Instead instead) {
      Reply.raw(instead.reply()).writeTo(connection.output());
    } else if (fault instanceof Fault.Partial partial) {
      sendPart(reply, partial.bytes());
      end(partial.ending());
    } else if (fault instanceof Fault.Unanswered unanswered) {
      end(unanswered.ending());
    } else if (fault instanceof Fault.NoTerminator) {
      reply.withoutTerminator().writeTo(connection.output());
    } else if (fault instanceof Fault.Rewritten rewritten) {
      connection.send(rewritten.change().apply(reply.bytes()));
    } else if (fault instanceof Fault.Dripped dripped) {
      connection.drip(reply.bytes(), dripped.gap());
    }
  }

  private void sendPart(Reply reply, long bytes) throws IOException {
    try {
      reply.writeTo(new Truncation(connection.output(), bytes));
    } catch (Truncation.Reached e) {
      connection.flush();
    }
  }

  private void end(Fault.Ending ending) throws IOException {
    open = false;
    switch (ending) {
      case CLOSE -> connection.close();
      case RESET -> connection.reset();
      case STALL -> connection.stall();
    }
  }

  private void startTlsIfDue() throws IOException {
    var context = server.stls();
    if (authorization.takeStartTls() && open && context != null) {
      connection.startTls(context);
    }
  }
}
