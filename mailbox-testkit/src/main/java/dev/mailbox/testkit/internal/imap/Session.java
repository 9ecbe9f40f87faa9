// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.fault.Misbehavior;
import dev.mailbox.testkit.internal.imap.SessionState.Due;
import dev.mailbox.testkit.internal.session.Patience;
import dev.mailbox.testkit.internal.session.Sessions;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One connection: the commands in turn, with what the overrides make of them. */
final class Session implements Sessions.Member {
  private static final int MOST_UNASKED = 4096;
  private static final int SHOWN = 200;
  private static final int MOST_BESIDE_MESSAGES = 1 << 20;

  private final ImapEngine server;
  private final ScriptedConnection connection;
  private final SessionState state;
  private final Semaphore news = new Semaphore(0);
  private final Runnable listener = news::release;
  private final ReentrantLock writing = new ReentrantLock();
  private final Patience patience;
  private final Runnable ending;
  private final AtomicBoolean overflows = new AtomicBoolean();
  private @Nullable Account listensTo;
  private volatile @Nullable String idleTag;
  private volatile boolean listening;
  private volatile boolean over;

  Session(ImapEngine server, ScriptedConnection connection) {
    this.server = server;
    this.connection = connection;
    this.state = new SessionState(server, connection);
    this.patience = new Patience(server.accounts().clock(), connection, writing, this::sayGoodbye);
    this.ending = () -> patience.end(server.wording().of(ImapPhrase.SESSION_OVER));
  }

  boolean isOf(Account account) {
    return state.isOf(account);
  }

  /** Whether it has sent IDLE and not yet DONE. */
  boolean isIdle() {
    return listening && idleTag != null;
  }

  @Override
  public Patience patience() {
    return patience;
  }

  void run() throws IOException {
    boolean served = server.sessions().add(this);
    try {
      if (!served) {
        connection.sendLine("* BYE " + server.wording().of(ImapPhrase.TOO_MANY_CONNECTIONS));
        return;
      }
      execute(pseudo("CONNECT", ""));
      while (state.isOpen() && patience.waits()) {
        String line = connection.readLine(CommandReader.MOST_LINE);
        if (line == null || !patience.hears()) {
          return;
        }
        executeLine(line);
      }
    } finally {
      server.sessions().remove(this);
      if (state.isLoggedIn()) {
        state.account().sessionEnded(ending);
      }
      over = true;
      news.release();
      Account own = listensTo;
      if (own != null) {
        boolean unused = own.read(() -> own.removeListener(listener));
      }
    }
  }

  private void sayGoodbye(String reason) throws IOException {
    state.close();
    String words = server.wording().of(ImapPhrase.SILENT_FOR_TOO_LONG);
    connection.sendLine("* BYE " + (reason.equals(Patience.SILENT) ? words : reason));
    connection.flush();
  }

  /** Gives up on what NOTIFY asked for, as soon as the client may be told. */
  void overflow() {
    overflows.set(true);
    news.release();
  }

  @Override
  public void disconnect() {
    try {
      connection.abort();
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
    } else if (state.isOpen() && state.isNotified()) {
      startListening(state.account());
    }
  }

  private ImapCommand broken(String tag, String line) {
    var head = new ImapCommand.Head(connection.number(), tag, "");
    String said = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    var command = new ImapCommand(head, List.of(), "<" + said + "> where DONE is due");
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
      ImapCommand heard = fault instanceof Fault.Misheard other ? heard(command, other) : command;
      ImapReply reply = fault.takesEffect() ? state.obey(heard) : new ImapReply();
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
      end(server.handshake(connection, context));
    }
    if (state.isLoggedIn()) {
      state.account().sessionBegan(ending);
    }
    if (state.takeDue(Due.COMPRESS)) {
      startDeflate(command);
    }
    if (state.takeDue(Due.IDLE)) {
      connection.flush();
      idleTag = command.tag();
    }
    if (idleTag != null || state.isNotified()) {
      startListening(state.account());
    }
  }

  private void startDeflate(ImapCommand command) throws IOException {
    Fault fault = server.rules().meet(state.occasion(pseudo("DEFLATE", command.tag())));
    if (fault != null) {
      end(misbehavior(command).beforeDeflate(fault));
    }
    if (state.isOpen()) {
      connection.startDeflate();
    }
  }

  private static ImapCommand heard(ImapCommand command, Fault.Misheard fault) {
    String regex = ReplyBytes.filled(fault.regex(), command.tag());
    UnaryOperator<String> change = text -> text.replaceAll(regex, fault.replacement());
    List<ImapValue> arguments = new ArrayList<>();
    for (ImapValue argument : command.arguments()) {
      arguments.add(
          argument instanceof ImapValue.Atom atom
              ? new ImapValue.Atom(change.apply(atom.text()))
              : argument instanceof ImapValue.Quoted quoted
                  ? new ImapValue.Quoted(change.apply(quoted.text()))
                  : argument);
    }
    String name = change.apply(command.name());
    var head = new ImapCommand.Head(command.connection(), command.tag(), name);
    return new ImapCommand(head, arguments, command.problem().orElse(null));
  }

  private void startListening(Account own) {
    listening = true;
    own.read(
        () -> {
          if (listensTo == null) {
            own.addListener(listener);
            listensTo = own;
            connection.spawn(() -> push(own));
          }
          return own;
        });
    news.release();
  }

  /** While a command is being obeyed its own reply tells the news, in the right order. */
  private void stopListening() {
    // Whoever writes at this moment comes to an end first.
    writing.lock();
    try {
      listening = false;
    } finally {
      writing.unlock();
    }
  }

  /** On a thread of its own, so that nobody who changes something waits for this client. */
  private void push(Account own) {
    try {
      while (!over) {
        news.acquire();
        int unused = news.drainPermits();
        writing.lock();
        try {
          pushNews(own);
        } finally {
          writing.unlock();
        }
      }
    } catch (InterruptedException e) {
      // The server is closed.
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The client has left, which its own thread will notice.
    }
  }

  private void pushNews(Account own) throws IOException {
    if (!listening || !state.isOpen()) {
      return;
    }
    ImapReply reply =
        own.read(
            () -> {
              var told = new ImapReply();
              if (overflows.compareAndSet(true, false)) {
                state.overflow(told);
              }
              told.add(state.news(idleTag != null || state.pushesExpunged()));
              state.tellNotified(told);
              return told;
            });
    reply.writeTo(connection.output());
    connection.flush();
    if (!state.isOpen()) {
      connection.close();
    }
  }

  private void announced(ImapCommand command, CommandReader.Announcement literal)
      throws IOException {
    int length = literal.length();
    boolean append = command.name().equals("APPEND");
    if (!append && length > MOST_BESIDE_MESSAGES) {
      server.violation(command, "a string of " + length + " bytes");
      refuse(command, "BAD a string may not be so large");
    }
    if (append && length > server.appendLimit()) {
      refuse(command, "NO " + server.wording().of(ImapPhrase.TOO_LARGE));
    }
    if (literal.binary() && !server.offers("BINARY") && !server.offers("UTF8=ACCEPT")) {
      server.violation(command, "a binary literal without BINARY");
      refuse(command, "BAD a binary literal is nothing that is known here");
    }
    if (literal.synchronizing()) {
      letCome(command);
    } else if (!mayComeUnasked(length)) {
      server.violation(command, "a literal of " + length + " bytes that nobody asked for");
      refuse(command, "BAD a literal that nobody asked for");
    }
  }

  private boolean mayComeUnasked(int length) {
    return server.offers("LITERAL+") || (server.offers("LITERAL-") && length <= MOST_UNASKED);
  }

  private void letCome(ImapCommand command) throws IOException {
    Fault.AtLiteral fault = server.rules().meetAtLiteral(state.occasion(command));
    if (fault == null) {
      connection.sendLine("+ " + server.wording().of(ImapPhrase.GO_ON));
      return;
    }
    server.record(command);
    misbehavior(command).send(fault);
    end(fault.ending());
    forget();
  }

  private void refuse(ImapCommand command, String status) throws IOException {
    server.record(command);
    connection.sendLine(command.tag() + " " + status);
    forget();
  }

  private void forget() throws CommandReader.Refused {
    state.due(Due.FORGET);
    throw new CommandReader.Refused();
  }
}
