// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.ArrayList;
import java.util.List;

/** Going into a folder and out of it, and STATUS (RFC 3501, sections 6.3.1, 6.3.2, 6.3.10). */
final class SelectCommands {
  private SelectCommands() {}

  static String open(SessionState session, Arguments arguments, ImapReply reply, boolean examine)
      throws Refusal {
    String name = arguments.folder();
    arguments.end();
    session.select(null);
    StoredFolder folder = selectable(session, name);
    boolean readOnly = examine || folder.isReadOnly();
    var view = new FolderView(folder, readOnly);
    session.select(view);
    reply.line("* FLAGS (" + view.flagNames() + ")");
    reply.line("* " + view.count() + " EXISTS").line("* " + view.recent() + " RECENT");
    for (int number = 1; number <= view.count(); number++) {
      if (!view.at(number).message().has("\\Seen")) {
        reply.line("* OK [UNSEEN " + number + "] the first unseen");
        break;
      }
    }
    String permanent = readOnly ? "" : view.flagNames() + " \\*";
    reply.line("* OK [PERMANENTFLAGS (" + permanent + ")] what stays");
    reply.line("* OK [UIDVALIDITY " + folder.uidValidity() + "] the UIDs' own name");
    reply.line("* OK [UIDNEXT " + folder.uidNext() + "] the next UID");
    return readOnly ? "[READ-ONLY] selected" : "[READ-WRITE] selected";
  }

  static String close(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    arguments.end();
    FolderView view = session.view();
    if (!view.isReadOnly()) {
      view.folder().removeIf(m -> m.has("\\Deleted"));
    }
    session.select(null);
    return "closed";
  }

  static String unselect(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    arguments.end();
    session.select(null);
    return "unselected";
  }

  static String status(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    StoredFolder folder = selectable(session, arguments.folder());
    Arguments items = arguments.list();
    arguments.end();
    tellStatus(folder, items, reply);
    return "that is how it is";
  }

  static void tellStatus(StoredFolder folder, Arguments items, ImapReply reply) throws Refusal {
    List<String> told = new ArrayList<>();
    do {
      String item = items.keyword();
      told.add(item + " " + value(folder, item));
    } while (items.hasNext());
    reply.text("* STATUS ").string(FolderNames.encode(folder.name()));
    reply.line(" (" + String.join(" ", told) + ")");
  }

  static StoredFolder selectable(SessionState session, String name) throws Refusal {
    StoredFolder folder = session.account().find(name).orElseThrow(ImapAccount::missing);
    if (!folder.isSelectable()) {
      throw Refusal.no("[NONEXISTENT] it holds no messages");
    }
    return folder;
  }

  private static long value(StoredFolder folder, String item) throws Refusal {
    return switch (item) {
      case "MESSAGES" -> folder.messages().size();
      case "RECENT" -> folder.messages().stream().filter(StoredMessage::isRecent).count();
      case "UIDNEXT" -> folder.uidNext();
      case "UIDVALIDITY" -> folder.uidValidity();
      case "UNSEEN" -> folder.messages().stream().filter(m -> !m.has("\\Seen")).count();
      default -> throw Refusal.bad("nothing that STATUS knows: " + item);
    };
  }
}
