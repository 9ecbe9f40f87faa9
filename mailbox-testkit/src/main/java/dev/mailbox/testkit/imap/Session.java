// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import dev.mailbox.testkit.imap.SessionState.Due;
import dev.mailbox.testkit.internal.net.Truncation;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection: the commands in turn, with what the overrides make of them. */
final class Session {
  private static final int MOST_UNASKED = 4096;

  private final ScriptedImap server;
  private final ScriptedConnection connection;
  private final SessionState state;
  private final Runnable listener = this::pushNews;
  private @Nullable Account listensTo;
  private volatile @Nullable String idleTag;
  private volatile boolean listening;

  Session(ScriptedImap server, ScriptedConnection connection) {
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
    List<ImapFault> faults = new ArrayList<>();
    for (ImapOverride override : server.overrides()) {
      if (override.claims(command)) {
        override.runAction();
        if (override.fault() != null) {
          faults.add(override.fault());
        }
      }
    }
    if (faults.isEmpty()) {
      state.obey(command).writeTo(connection.output());
    } else {
      misbehave(command, faults.get(faults.size() - 1));
    }
    if (state.isOpen()) {
      afterwards(command);
    }
  }

  private void misbehave(ImapCommand command, ImapFault fault) throws IOException {
    ImapReply reply = fault.takesEffect() ? state.obey(command) : new ImapReply();
    if (fault instanceof ImapFault.Instead instead) {
      connection.send(ReplyBytes.filled(instead.template(), command.tag()));
      end(instead.thenClose() ? ImapFault.Ending.CLOSE : ImapFault.Ending.NONE);
    } else if (fault instanceof ImapFault.Surrounded surrounded) {
      connection.send(ReplyBytes.filled(surrounded.before(), command.tag()));
      reply.writeTo(connection.output());
      connection.send(ReplyBytes.filled(surrounded.after(), command.tag()));
    } else if (fault instanceof ImapFault.Partial partial) {
      sendPart(reply, partial.bytes());
      end(partial.ending());
    } else if (fault instanceof ImapFault.Unanswered unanswered) {
      end(unanswered.ending());
    } else if (fault instanceof ImapFault.Rewritten rewritten) {
      connection.send(rewritten.change().apply(reply.bytes()));
    } else if (fault instanceof ImapFault.Dripped dripped) {
      connection.drip(reply.bytes(), dripped.gap());
    }
  }

  private void afterwards(ImapCommand command) throws IOException {
    var context = server.tlsContext();
    if (state.takeDue(Due.START_TLS) && context != null) {
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
    if (synchronizing) {
      for (ImapOverride override : server.overrides()) {
        if (override.claimsLiteral(command)
            && override.fault() instanceof ImapFault.AtLiteral fault) {
          server.record(command);
          connection.send(ReplyBytes.filled(fault.template(), command.tag()));
          end(fault.ending());
          state.due(Due.FORGET);
          throw new CommandReader.Refused();
        }
      }
      connection.sendLine("+ go on");
    } else if (!server.offers("LITERAL+")
        && !(server.offers("LITERAL-") && length <= MOST_UNASKED)) {
      server.violation(command, "a literal of " + length + " bytes that nobody asked for");
    }
  }

  private void sendPart(ImapReply reply, long bytes) throws IOException {
    try {
      reply.writeTo(new Truncation(connection.output(), bytes));
    } catch (Truncation.Reached e) {
      connection.flush();
    }
  }

  private void end(ImapFault.Ending ending) throws IOException {
    if (ending != ImapFault.Ending.NONE) {
      state.close();
    }
    switch (ending) {
      case NONE -> {}
      case CLOSE -> connection.close();
      case RESET -> connection.reset();
      case STALL -> connection.stall();
    }
  }
}
