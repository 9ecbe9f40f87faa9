// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.internal.fault.Occasion;
import dev.mailbox.testkit.internal.sasl.Nonces;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a session may do now, and the folder it has selected. */
final class SessionState {
  /** Returned by a command whose tagged line comes later, or never. */
  static final String UNTAGGED = "+";

  private final ImapEngine server;
  private final ScriptedConnection connection;
  private final Nonces nonces;
  private final Set<Due> due = EnumSet.noneOf(Due.class);
  private final Set<Enabled> enabled = EnumSet.noneOf(Enabled.class);
  private String tag = "";
  private volatile @Nullable Account account;
  private volatile boolean open = true;
  private @Nullable FolderView view;
  private @Nullable Notifications notifications;

  /** What is to happen once the reply is written. */
  enum Due {
    START_TLS,
    COMPRESS,
    IDLE,
    /** A literal was refused, so that nothing of the command is left to be done. */
    FORGET
  }

  /** Extensions that change what the client is told (RFC 5161). */
  enum Enabled {
    CONDSTORE,
    QRESYNC,
    UTF8
  }

  SessionState(ImapEngine server, ScriptedConnection connection) {
    this.server = server;
    this.connection = connection;
    this.nonces = new Nonces(server.accounts().challenges(connection.number()));
  }

  /** All that is to be said to a command, with its effect done. */
  ImapReply obey(ImapCommand command) throws IOException {
    tag = command.tag();
    if (command.problem().isPresent()) {
      String named = tag.isEmpty() ? "*" : tag;
      String problem = command.problem().get();
      return new ImapReply().line(named + " " + Verdict.unreadable(this, command, problem));
    }
    var reply = new ImapReply();
    var beside = new ImapReply();
    String status;
    boolean expunges = true;
    try {
      CommandRule rule = CommandRule.of(command.name(), this);
      expunges = rule.tellsExpunged();
      String told = run(rule, command, reply, beside);
      status = told.equals(UNTAGGED) ? UNTAGGED : Verdict.ok(this, command, told);
    } catch (Refusal e) {
      if (e.isViolation()) {
        server.violation(command, e.text());
      }
      status = Verdict.refused(this, command, e);
      reply = e.status().equals("BAD") ? new ImapReply() : reply;
    }
    reply.add(beside);
    Account own = account;
    if (view != null && own != null) {
      boolean withExpunge = expunges;
      reply.add(own.read(() -> news(withExpunge)));
    }
    return status.equals(UNTAGGED) || tag.isEmpty() ? reply : reply.line(tag + " " + status);
  }

  private String run(CommandRule rule, ImapCommand command, ImapReply reply, ImapReply beside)
      throws Refusal, IOException {
    var arguments = new Arguments(command.arguments(), isEnabled(Enabled.UTF8));
    Account own = account;
    if (rule.talks() || own == null) {
      return rule.handler().run(this, arguments, reply);
    }
    return own.<String, Refusal>locked(
        () -> {
          tellNotified(beside);
          try {
            return rule.handler().run(this, arguments, reply);
          } catch (IOException e) {
            throw new AssertionError("a command that does not talk has talked", e);
          } finally {
            if (notifications != null) {
              notifications.knowNames();
            }
          }
        });
  }

  /** What the session has not been told yet. To be called under the account's lock. */
  ImapReply news(boolean withExpunge) {
    var reply = new ImapReply();
    FolderView selected = view;
    if (selected != null && selected.isOver()) {
      view = null;
      close();
      return reply.line("* BYE the selected folder is no longer what it was");
    }
    if (selected != null) {
      selected.tellNews(reply, withExpunge, selectedNews(), newsForm());
    }
    return reply;
  }

  private SelectedNews selectedNews() {
    return notifications == null ? SelectedNews.USUAL : notifications.selected();
  }

  /** Whether that a message is gone may be pushed while the client does not idle. */
  boolean pushesExpunged() {
    return selectedNews().atOnce();
  }

  /** What NOTIFY asked to be told of other folders; under the account's lock. */
  void tellNotified(ImapReply reply) {
    if (notifications != null) {
      notifications.tell(reply);
    }
  }

  /** Whether changes are to be pushed although the client does not idle (RFC 5465). */
  boolean isNotified() {
    return notifications != null && notifications.isAny();
  }

  void notifications(Notifications wanted) {
    notifications = wanted;
  }

  /** Gives up on what NOTIFY asked for (RFC 5465, section 5.8); under the account's lock. */
  void overflow(ImapReply reply) {
    if (isNotified()) {
      notifications = Notifications.none(this);
      reply.line("* OK [NOTIFICATIONOVERFLOW] too much happens here");
    }
  }

  NewsForm newsForm() {
    return new NewsForm(isEnabled(Enabled.CONDSTORE), isEnabled(Enabled.QRESYNC));
  }

  /** What a rule may ask of a command. */
  Occasion<ImapCommand> occasion(ImapCommand command) {
    Account own = account;
    return new Occasion<>(
        command, own == null ? LoginCommands.user(command) : own.user(), folder());
  }

  /** The tag of the command that is being obeyed. */
  String tag() {
    return tag;
  }

  ImapEngine server() {
    return server;
  }

  /** The account of whoever logged in. */
  Account account() {
    Account own = account;
    if (own == null) {
      throw new IllegalStateException("nobody has logged in");
    }
    return own;
  }

  Nonces nonces() {
    return nonces;
  }

  ScriptedConnection connection() {
    return connection;
  }

  /** Whoever logged in; empty before. */
  String user() {
    Account own = account;
    return own == null ? "" : own.user();
  }

  boolean isLoggedIn() {
    return account != null;
  }

  boolean isOf(Account other) {
    return other.equals(account);
  }

  /** The name of the folder that is selected; empty while there is none. */
  String folder() {
    FolderView selected = view;
    return selected == null ? "" : selected.folder().name();
  }

  boolean isSelected() {
    return view != null;
  }

  FolderView view() throws Refusal {
    if (view == null) {
      throw Refusal.violation("select a folder first");
    }
    return view;
  }

  /** Whether that is the folder which is selected. */
  boolean hasSelected(String folder) {
    return view != null && view.folder().name().equals(folder);
  }

  /** Refuses what a folder that keeps no mod-sequences cannot do (RFC 7162, section 3.1.2.2). */
  void needModSeqs() throws Refusal {
    if (!view().folder().keepsModSeqs()) {
      throw Refusal.violation("the folder keeps no mod-sequences");
    }
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
  String logIn(Account owner, ImapReply reply) throws Refusal {
    owner.<Account, Refusal>read(
        () -> {
          if (server.loggedIn(owner) >= server.mostSessions()) {
            throw Refusal.no(ImapPhrase.TOO_MANY_SESSIONS, "limit", server.mostSessions());
          }
          if (!server.sessions().takeLogin(owner)) {
            throw Refusal.no(ImapPhrase.TOO_MANY_LOGINS);
          }
          account = owner;
          return owner;
        });
    String capabilities = server.capabilities(connection, true);
    if (server.has(Quirk.CAPABILITIES_BEFORE_OK)) {
      reply.line("* CAPABILITY " + capabilities);
    }
    Map<String, String> known = Map.of("capabilities", capabilities, "user", owner.user());
    return server.wording().say(ImapPhrase.LOGGED_IN, known);
  }

  boolean isEnabled(Enabled extension) {
    return enabled.contains(extension);
  }

  void enable(Enabled extension) {
    enabled.add(extension);
  }

  boolean isOpen() {
    return open;
  }

  void close() {
    open = false;
  }

  void due(Due what) {
    due.add(what);
  }

  boolean takeDue(Due what) {
    return due.remove(what);
  }
}
