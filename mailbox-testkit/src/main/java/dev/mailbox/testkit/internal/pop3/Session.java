// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.internal.fault.Misbehavior;
import dev.mailbox.testkit.internal.fault.Occasion;
import dev.mailbox.testkit.internal.session.Patience;
import dev.mailbox.testkit.internal.session.Sessions;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.words.Pop3Phrase;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** One connection: the commands in turn, with what the overrides make of them. */
final class Session implements Sessions.Member {
  private final Pop3Engine server;
  private final ScriptedConnection connection;
  private final Authorization authorization;
  private final Transaction transaction;
  private final Patience patience;
  private final Runnable ending;
  private boolean open = true;

  Session(Pop3Engine server, ScriptedConnection connection) {
    this.server = server;
    this.connection = connection;
    this.transaction = new Transaction(server, connection);
    this.authorization = new Authorization(server, connection, transaction);
    // Nothing is said at the end (RFC 1939, section 3), and what was marked stays.
    this.patience =
        new Patience(server.accounts().clock(), connection, new ReentrantLock(), reason -> {});
    this.ending = () -> patience.end("session expired");
  }

  @Override
  public Patience patience() {
    return patience;
  }

  void run() throws IOException {
    boolean served = server.sessions().add(this);
    Account own = null;
    try {
      if (!served) {
        connection.sendLine("-ERR " + server.wording().of(Pop3Phrase.TOO_MANY_CONNECTIONS));
        return;
      }
      execute("CONNECT");
      while (open && patience.waits()) {
        String line = connection.readLine(Authorization.MOST_LINE);
        if (line == null || !patience.hears()) {
          return;
        }
        execute(line);
        if (own == null && transaction.account() != null) {
          own = transaction.account();
          own.sessionBegan(ending);
        }
      }
    } finally {
      server.sessions().remove(this);
      if (own != null) {
        own.sessionEnded(ending);
      }
      transaction.end();
    }
  }

  @Override
  public void disconnect() {
    try {
      connection.abort();
    } catch (IOException e) {
      // It is closed already, which is what was wanted.
    }
  }

  private void execute(String line) throws IOException {
    boolean in = transaction.isOpen();
    String user = in ? transaction.user() : authorization.user(line);
    var occasion = new Occasion<>(line, user, in ? "INBOX" : "");
    authorization.hear(line);
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
    if (line.length() > Authorization.MOST_LINE) {
      server.violation(connection, "a line", "is too long");
      return Reply.error("the line is too long");
    }
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String argument = space < 0 ? "" : line.substring(space + 1);
    if (server.lacks(verb)) {
      return Reply.error(server.wording().say(Pop3Phrase.UNKNOWN_COMMAND, "command", verb));
    }
    if (verb.equals("QUIT")) {
      open = false;
      transaction.commit();
      return Reply.ok(server.wording().of(Pop3Phrase.BYE));
    }
    Reply reply =
        transaction.isOpen()
            ? transaction.execute(verb, argument)
            : authorization.execute(verb, argument);
    open &= !authorization.isOver();
    if (!reply.violation().isEmpty()) {
      server.violation(connection, verb, reply.violation());
    }
    return reply;
  }

  private void startTlsIfDue() throws IOException {
    var context = server.stls();
    if (authorization.takeStartTls() && open && context != null) {
      open &= server.handshake(connection, context) == Ending.NONE;
    }
  }
}
