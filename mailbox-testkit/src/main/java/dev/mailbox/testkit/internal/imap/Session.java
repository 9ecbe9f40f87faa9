// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.internal.fault.Misbehavior;
import dev.mailbox.testkit.internal.imap.SessionState.Due;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection: the commands in turn, with what the overrides make of them. */
final class Session {
  private static final int MOST_UNASKED = 4096;

  private final ImapEngine server;
  private final ScriptedConnection connection;
  private final SessionState state;
  private final Runnable listener = this::pushNews;
  private @Nullable Account listensTo;
  private volatile @Nullable String idleTag;
  private volatile boolean listening;

  Session(ImapEngine server, ScriptedConnection connection) {
    this.server = server;
    this.connection = connection;
    this.state = new SessionState(server, connection);
  }

  boolean isOf(Account account) {
    return state.isOf(account);
  }

  /** Whether it has sent IDLE and not yet DONE. */
  boolean isIdle() {
    return listening && idleTag != null;
  }

  void run() throws IOException {
    server.sessions().add(this);
    try {
      execute(pseudo("CONNECT", ""));
      while (state.isOpen()) {
        String line = connection.readLine();
        if (line == null) {
          return;
        }
        executeLine(line);
      }
    } finally {
      server.sessions().remove(this);
      Account own = listensTo;
      if (own != null) {
        own.locked(() -> own.removeListener(listener));
      }
    }
  }

  void disconnect() {
    try {
      connection.reset();
    } catch (IOException e) {
      // It is closed already, which is what was wanted.
    }
  }

  private void executeLine(String line) throws IOException {
    stopListening();
    String tag = idleTag;
    if (tag != null) {
      idleTag = null;
      execute(line.equalsIgnoreCase("DONE") ? pseudo("DONE", tag) : broken(tag, line));
      return;
    }
    var reader = new CommandReader(connection, this::announced, line);
    ImapCommand command = reader.read(state.isEnabled(SessionState.Enabled.UTF8));
    if (!state.takeDue(Due.FORGET)) {
      server.record(command);
      execute(command);
    }
  }

  private ImapCommand broken(String tag, String line) {
    var head = new ImapCommand.Head(connection.number(), tag, "");
    var command = new ImapCommand(head, List.of(), "<" + line + "> where DONE is due");
    server.record(command);
    return command;
  }

  private ImapCommand pseudo(String name, String tag) {
    return new ImapCommand(new ImapCommand.Head(connection.number(), tag, name), List.of(), null);
  }

  private void execute(ImapCommand command) throws IOException {
    Fault fault = server.rules().meet(state.occasion(command));
    if (fault == null) {
      state.obey(command).writeTo(connection.output());
    } else {
      ImapReply reply = fault.takesEffect() ? state.obey(command) : new ImapReply();
      end(misbehavior(command).send(fault, reply));
    }
    if (state.isOpen()) {
      afterwards(command);
    }
  }

  private Misbehavior misbehavior(ImapCommand command) {
    return new Misbehavior(connection, text -> ReplyBytes.filled(text, command.tag()));
  }

  private void end(Ending ending) {
    if (ending != Ending.NONE) {
      state.close();
    }
  }

  private void afterwards(ImapCommand command) throws IOException {
    var context = server.tlsContext();
    if (state.takeDue(Due.START_TLS) && context != null) {
      int clear = connection.discardClearText();
      if (clear > 0) {
        server.violation(command, clear + " bytes in clear text before TLS");
      }
      connection.startTls(context);
    }
    if (state.takeDue(Due.COMPRESS)) {
      connection.startDeflate();
    }
    if (state.takeDue(Due.IDLE)) {
      connection.flush();
      idleTag = command.tag();
    }
    if (idleTag != null || state.isNotified()) {
      startListening(state.account());
    }
  }

  private void startListening(Account own) {
    own.locked(
        () -> {
          if (listensTo == null) {
            own.addListener(listener);
            listensTo = own;
          }
          listening = true;
          return own;
        });
  }

  /** While a command is being obeyed its own reply tells the news, in the right order. */
  private void stopListening() {
    Account own = listensTo;
    if (own != null) {
      own.locked(() -> listening = false);
    }
  }

  /** Run by whoever changed something, under the account's lock. */
  private void pushNews() {
    if (!listening || !state.isOpen()) {
      return;
    }
    try {
      ImapReply reply = state.news(true);
      state.tellNotified(reply);
      reply.writeTo(connection.output());
      connection.flush();
      if (!state.isOpen()) {
        connection.close();
      }
    } catch (IOException e) {
      // The client has left, which its own thread will notice.
    } catch (UncheckedIOException e) {
      throw new AssertionError(e);
    }
  }

  private void announced(ImapCommand command, int length, boolean synchronizing)
      throws IOException {
    if (synchronizing && command.name().equals("APPEND") && length > server.appendLimit()) {
      server.record(command);
      connection.sendLine(command.tag() + " NO [TOOBIG] a message may not be so large");
      state.due(Due.FORGET);
      throw new CommandReader.Refused();
    }
    if (synchronizing) {
      Fault.AtLiteral fault = server.rules().meetAtLiteral(state.occasion(command));
      if (fault != null) {
        server.record(command);
        misbehavior(command).send(fault);
        end(fault.ending());
        state.due(Due.FORGET);
        throw new CommandReader.Refused();
      }
      connection.sendLine("+ go on");
    } else if (!server.offers("LITERAL+")
        && !(server.offers("LITERAL-") && length <= MOST_UNASKED)) {
      server.violation(command, "a literal of " + length + " bytes that nobody asked for");
    }
  }
}
