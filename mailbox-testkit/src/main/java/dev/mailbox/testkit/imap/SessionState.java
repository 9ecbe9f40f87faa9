// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a session may do now, and the folder it has selected. */
final class SessionState {
  /** Returned by a command whose tagged line comes later, or never. */
  static final String UNTAGGED = "+";

  private final ScriptedImap server;
  private final ScriptedConnection connection;
  private LongSupplier loggedInSessions = () -> 0;
  private volatile boolean loggedIn;
  private volatile boolean open = true;
  private boolean startTlsDue;
  private boolean idleDue;
  private boolean literalRefused;
  private @Nullable FolderView view;

  SessionState(ScriptedImap server, ScriptedConnection connection) {
    this.server = server;
    this.connection = connection;
  }

  /** All that is to be said to a command, with its effect done. */
  ImapReply obey(ImapCommand command) throws IOException {
    if (command.problem().isPresent()) {
      String tag = command.tag().isEmpty() ? "*" : command.tag();
      return new ImapReply().line(tag + " BAD " + command.problem().get());
    }
    var reply = new ImapReply();
    String status;
    boolean expunges = true;
    try {
      CommandRule rule = CommandRule.of(command.name(), this);
      expunges = rule.tellsExpunged();
      status = "OK " + run(rule, command, reply);
    } catch (Refusal e) {
      if (e.isViolation()) {
        server.violation(command, e.text());
      }
      status = e.status() + " " + e.text();
    }
    if (view != null) {
      boolean withExpunge = expunges;
      reply.add(server.account().locked(() -> news(withExpunge)));
    }
    return status.equals("OK " + UNTAGGED) || command.tag().isEmpty()
        ? reply
        : reply.line(command.tag() + " " + status);
  }

  private String run(CommandRule rule, ImapCommand command, ImapReply reply)
      throws Refusal, IOException {
    var arguments = new Arguments(command.arguments());
    if (rule.talks()) {
      return rule.handler().run(this, arguments, reply);
    }
    return server
        .account()
        .<String, Refusal>locked(
            () -> {
              try {
                return rule.handler().run(this, arguments, reply);
              } catch (IOException e) {
                throw new AssertionError("a command that does not talk has talked", e);
              }
            });
  }

  /** What the session has not been told yet. To be called under the account's lock. */
  ImapReply news(boolean withExpunge) {
    var reply = new ImapReply();
    FolderView selected = view;
    if (selected == null) {
      return reply;
    }
    if (selected.isOver()) {
      view = null;
      close();
      return reply.line("* BYE the selected folder is no longer what it was");
    }
    selected.tellNews(reply, withExpunge);
    return reply;
  }

  ScriptedImap server() {
    return server;
  }

  ImapAccount account() {
    return server.account();
  }

  ScriptedConnection connection() {
    return connection;
  }

  boolean isLoggedIn() {
    return loggedIn;
  }

  boolean isSelected() {
    return view != null;
  }

  FolderView view() throws Refusal {
    if (view == null) {
      throw Refusal.bad("select a folder first");
    }
    return view;
  }

  /** The view for a command that changes the folder. */
  FolderView writable() throws Refusal {
    FolderView selected = view();
    if (selected.isReadOnly()) {
      throw Refusal.no("[NOPERM] the folder can only be read here");
    }
    return selected;
  }

  void select(@Nullable FolderView selected) {
    view = selected;
  }

  /** Lets the client in, if there are not too many. */
  String logIn() throws Refusal {
    if (loggedInSessions.getAsLong() >= server.mostSessions()) {
      throw Refusal.no("[LIMIT] too many sessions");
    }
    loggedIn = true;
    return "[CAPABILITY " + server.capabilities(!connection.isTls()) + "] logged in";
  }

  void peers(LongSupplier count) {
    loggedInSessions = count;
  }

  boolean isOpen() {
    return open;
  }

  void close() {
    open = false;
  }

  void startTls() {
    startTlsDue = true;
  }

  boolean takeStartTls() {
    boolean due = startTlsDue;
    startTlsDue = false;
    return due;
  }

  void idle() {
    idleDue = true;
  }

  boolean takeIdle() {
    boolean due = idleDue;
    idleDue = false;
    return due;
  }

  void refuseLiteral() {
    literalRefused = true;
  }

  boolean takeRefusedLiteral() {
    boolean refused = literalRefused;
    literalRefused = false;
    return refused;
  }
}
