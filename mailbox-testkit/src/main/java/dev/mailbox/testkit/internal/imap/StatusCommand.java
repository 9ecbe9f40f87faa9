// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;

/** STATUS (RFC 3501, section 6.3.10; RFC 7162, 8438, 8474 and 7889). */
final class StatusCommand {
  private StatusCommand() {}

  static String status(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    StoredFolder folder = SelectCommands.selectable(session, arguments.folder());
    Arguments items = arguments.list();
    arguments.end();
    tell(session, folder, items, reply);
    return "that is how it is";
  }

  static void tell(SessionState session, StoredFolder folder, Arguments items, ImapReply reply)
      throws Refusal {
    List<String> told = new ArrayList<>();
    do {
      String item = items.keyword();
      told.add(item + " " + value(session, folder, item));
    } while (items.hasNext());
    reply.text("* STATUS " + FolderNames.quoted(folder.name(), session));
    reply.line(" (" + String.join(" ", told) + ")");
  }

  private static String value(SessionState session, StoredFolder folder, String item)
      throws Refusal {
    return switch (item) {
      case "MESSAGES" -> "" + folder.messages().size();
      case "RECENT" -> "" + folder.messages().stream().filter(StoredMessage::isRecent).count();
      case "UIDNEXT" -> "" + folder.uidNext();
      case "UIDVALIDITY" -> "" + folder.uidValidity();
      case "UNSEEN" -> "" + folder.unseen();
      default -> extension(session, folder, item);
    };
  }

  private static String extension(SessionState session, StoredFolder folder, String item)
      throws Refusal {
    ImapEngine server = session.server();
    if (item.equals("HIGHESTMODSEQ") && server.offers("CONDSTORE")) {
      session.enable(SessionState.Enabled.CONDSTORE);
      return folder.keepsModSeqs() ? "" + folder.highestModSeq() : "0";
    }
    if (item.equals("SIZE") && server.offers("STATUS=SIZE")) {
      return "" + folder.size();
    }
    if (item.equals("MAILBOXID") && server.offers("OBJECTID")) {
      return "(" + folder.id() + ")";
    }
    if (item.equals("APPENDLIMIT") && server.offersAny("APPENDLIMIT")) {
      return server.appendLimit() == Long.MAX_VALUE ? "NIL" : "" + server.appendLimit();
    }
    throw Refusal.violation("nothing that STATUS knows: " + item);
  }
}
