// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.words.ImapPhrase;

/** Changes to the list of folders (RFC 3501, sections 6.3.3 to 6.3.7). */
final class FolderCommands {
  private FolderCommands() {}

  static String create(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String name = arguments.folder();
    arguments.end();
    // A delimiter at the end only says that folders are to come below it.
    String delimiter = "" + session.account().delimiter();
    boolean marked = name.length() > 1 && name.endsWith(delimiter);
    String bare = marked ? name.substring(0, name.length() - 1) : name;
    checkNamespace(session, bare);
    StoredFolder folder = session.account().create(bare);
    return session.server().offers("OBJECTID")
        ? "[MAILBOXID (" + folder.id() + ")] created"
        : "created";
  }

  static String delete(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String name = arguments.folder();
    arguments.end();
    session.account().delete(name);
    if (session.hasSelected(session.account().canonical(name))) {
      session.select(null);
      reply.line("* OK [CLOSED] the folder that you deleted");
    }
    return "deleted";
  }

  static String rename(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String from = arguments.folder();
    String to = arguments.folder();
    arguments.end();
    checkNamespace(session, to);
    session.account().rename(from, to);
    return "renamed";
  }

  /** RFC 2342, section 5: personal folders have names that begin with the prefix. */
  private static void checkNamespace(SessionState session, String name) throws Refusal {
    String canonical = session.account().canonical(name);
    boolean below = canonical.startsWith("INBOX" + session.account().delimiter());
    if (below && session.server().has(Quirk.INBOX_NOINFERIORS)) {
      throw Refusal.no("[CANNOT] the inbox has no folders below it");
    }
    if (!canonical.equals("INBOX") && !canonical.startsWith(session.account().namespace())) {
      throw Refusal.no(ImapPhrase.OUTSIDE_NAMESPACE, "namespace", session.account().namespace());
    }
  }

  static String subscribe(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    String name = arguments.folder();
    arguments.end();
    StoredFolder folder = session.account().find(name).orElseThrow(() -> Account.missing(name));
    boolean unused = session.account().subscribe(folder.name());
    return "subscribed";
  }

  static String unsubscribe(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    String name = arguments.folder();
    arguments.end();
    boolean unused = session.account().unsubscribe(session.account().canonical(name));
    return "unsubscribed";
  }
}
