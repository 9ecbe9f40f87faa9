// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;

/** Changes to the list of folders (RFC 3501, sections 6.3.3 to 6.3.7). */
final class FolderCommands {
  private FolderCommands() {}

  static String create(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String name = arguments.folder();
    arguments.end();
    // A delimiter at the end only says that folders are to come below it.
    String delimiter = "" + session.account().delimiter();
    boolean marked = name.length() > 1 && name.endsWith(delimiter);
    StoredFolder folder =
        session.account().create(marked ? name.substring(0, name.length() - 1) : name);
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
    session.account().rename(from, to);
    return "renamed";
  }

  static String subscribe(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    String name = arguments.folder();
    arguments.end();
    StoredFolder folder = session.account().find(name).orElseThrow(Account::missing);
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
