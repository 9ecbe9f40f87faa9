// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * When a command may be given, and by what it is done.
 *
 * @param phase what the session must have reached
 * @param capability the extension that it belongs to; empty for the base
 * @param news what the reply may tell beside
 * @param handler what does it
 */
record CommandRule(Phase phase, String capability, News news, Handler handler) {
  private static final Map<String, CommandRule> RULES = new HashMap<>();

  /** Does a command, and returns what follows the tagged OK. */
  interface Handler {
    String run(SessionState session, Arguments arguments, ImapReply reply)
        throws Refusal, IOException;
  }

  /** The states of RFC 3501, section 3, each with those that allow more. */
  enum Phase {
    ANY,
    BEFORE_LOGIN,
    LOGGED_IN,
    SELECTED
  }

  /** Whether numbers may change with the reply (RFC 3501, section 7.4.1). */
  enum News {
    ALL,
    NO_EXPUNGE,
    /** The command talks with the client, so it is not done under the account's lock. */
    TALKS
  }

  static {
    rule("CONNECT", Phase.ANY, "", News.TALKS, SessionCommands::greet);
    rule("DONE", Phase.ANY, "", News.ALL, (s, a, r) -> "that was all");
    rule("CAPABILITY", Phase.ANY, "", News.ALL, SessionCommands::capability);
    rule("NOOP", Phase.ANY, "", News.ALL, SessionCommands::nothing);
    rule("LOGOUT", Phase.ANY, "", News.TALKS, SessionCommands::logout);
    rule("ID", Phase.ANY, "ID", News.ALL, SessionCommands::id);
    rule("STARTTLS", Phase.BEFORE_LOGIN, "", News.TALKS, LoginCommands::startTls);
    rule("LOGIN", Phase.BEFORE_LOGIN, "", News.TALKS, LoginCommands::login);
    rule("AUTHENTICATE", Phase.BEFORE_LOGIN, "", News.TALKS, LoginCommands::authenticate);
    rule("ENABLE", Phase.LOGGED_IN, "ENABLE", News.ALL, SessionCommands::enable);
    rule("NAMESPACE", Phase.LOGGED_IN, "NAMESPACE", News.ALL, SessionCommands::namespace);
    rule("COMPRESS", Phase.LOGGED_IN, "COMPRESS=DEFLATE", News.ALL, SessionCommands::compress);
    rule("NOTIFY", Phase.LOGGED_IN, "NOTIFY", News.ALL, NotifyCommand::notify);
    rule("GETQUOTA", Phase.LOGGED_IN, "QUOTA", News.ALL, QuotaCommands::quota);
    rule("GETQUOTAROOT", Phase.LOGGED_IN, "QUOTA", News.ALL, QuotaCommands::quotaRoot);
    rule("SETQUOTA", Phase.LOGGED_IN, "QUOTA", News.ALL, QuotaCommands::setQuota);
    rule("IDLE", Phase.LOGGED_IN, "IDLE", News.ALL, SessionCommands::idle);
    rule("SELECT", Phase.LOGGED_IN, "", News.ALL, (s, a, r) -> SelectCommands.open(s, a, r, false));
    rule("EXAMINE", Phase.LOGGED_IN, "", News.ALL, (s, a, r) -> SelectCommands.open(s, a, r, true));
    rule("STATUS", Phase.LOGGED_IN, "", News.ALL, StatusCommand::status);
    rule("CREATE", Phase.LOGGED_IN, "", News.ALL, FolderCommands::create);
    rule("DELETE", Phase.LOGGED_IN, "", News.ALL, FolderCommands::delete);
    rule("RENAME", Phase.LOGGED_IN, "", News.ALL, FolderCommands::rename);
    rule("SUBSCRIBE", Phase.LOGGED_IN, "", News.ALL, FolderCommands::subscribe);
    rule("UNSUBSCRIBE", Phase.LOGGED_IN, "", News.ALL, FolderCommands::unsubscribe);
    rule("LIST", Phase.LOGGED_IN, "", News.ALL, ListCommand::list);
    rule("LSUB", Phase.LOGGED_IN, "", News.ALL, ListCommand::lsub);
    rule("APPEND", Phase.LOGGED_IN, "", News.ALL, AppendCommand::append);
    rule("CHECK", Phase.SELECTED, "", News.ALL, SessionCommands::nothing);
    rule("CLOSE", Phase.SELECTED, "", News.ALL, SelectCommands::close);
    rule("UNSELECT", Phase.SELECTED, "UNSELECT", News.ALL, SelectCommands::unselect);
    rule("EXPUNGE", Phase.SELECTED, "", News.ALL, ExpungeCommand::all);
    rule("UID EXPUNGE", Phase.SELECTED, "UIDPLUS", News.ALL, ExpungeCommand::uids);
    numbered("FETCH", News.NO_EXPUNGE, "", FetchCommand::fetch);
    numbered("STORE", News.NO_EXPUNGE, "", StoreCommand::store);
    numbered("SEARCH", News.NO_EXPUNGE, "", SearchCommand::search);
    numbered("SORT", News.NO_EXPUNGE, "SORT", SortCommand::sort);
    numbered("THREAD", News.NO_EXPUNGE, "THREAD", ThreadCommand::thread);
    numbered("COPY", News.ALL, "", CopyCommand::copy);
    numbered("MOVE", News.ALL, "MOVE", CopyCommand::move);
  }

  /** A handler of a command that comes with sequence numbers and with UIDs. */
  private interface Numbered {
    String run(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
        throws Refusal;
  }

  private static void rule(
      String name, Phase phase, String capability, News news, Handler handler) {
    RULES.put(name, new CommandRule(phase, capability, news, handler));
  }

  private static void numbered(String name, News news, String capability, Numbered handler) {
    rule(name, Phase.SELECTED, capability, news, (s, a, r) -> handler.run(s, a, r, false));
    rule(
        "UID " + name,
        Phase.SELECTED,
        capability,
        News.ALL,
        (s, a, r) -> handler.run(s, a, r, true));
  }

  /** The rule for a command that the session may give now. */
  static CommandRule of(String name, SessionState session) throws Refusal {
    CommandRule rule = RULES.get(name);
    if (rule == null
        || !(rule.capability.isEmpty() || session.server().offersAny(rule.capability))) {
      throw Refusal.violation(ImapPhrase.UNKNOWN_COMMAND);
    }
    boolean allowed =
        switch (rule.phase) {
          case ANY -> true;
          case BEFORE_LOGIN -> !session.isLoggedIn();
          case LOGGED_IN -> session.isLoggedIn();
          case SELECTED -> session.isSelected();
        };
    if (!allowed) {
      throw Refusal.violation(ImapPhrase.WRONG_STATE);
    }
    return rule;
  }

  boolean tellsExpunged() {
    return news != News.NO_EXPUNGE;
  }

  boolean talks() {
    return news == News.TALKS;
  }
}
