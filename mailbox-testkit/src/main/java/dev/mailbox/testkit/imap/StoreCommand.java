// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.List;

/** STORE and UID STORE (RFC 3501, section 6.4.6). */
final class StoreCommand {
  private StoreCommand() {}

  static String store(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    SequenceSet set = arguments.set();
    String item = arguments.keyword();
    List<String> flags = (arguments.nextIsList() ? arguments.list() : arguments).flags();
    arguments.end();
    boolean silent = item.endsWith(".SILENT");
    String change = silent ? item.substring(0, item.length() - 7) : item;
    FolderView view = session.writable();
    List<Integer> numbers = view.numbers(set, byUid);
    view.folder().know(flags);
    view.tellKeywords(reply);
    for (int number : numbers) {
      FolderView.Seen seen = view.at(number);
      boolean behind = seen.isBehind();
      apply(seen.message(), change, flags);
      if (!silent) {
        String uid = byUid ? "UID " + seen.message().uid() + " " : "";
        reply.line("* " + number + " FETCH (" + uid + "FLAGS " + seen.tellFlags() + ")");
      } else if (!behind) {
        // What this session changed it knows; what another changed meanwhile is told.
        String unused = seen.tellFlags();
      }
    }
    return "stored";
  }

  private static void apply(StoredMessage message, String change, List<String> flags)
      throws Refusal {
    switch (change) {
      case "FLAGS" -> message.setFlags(flags);
      case "+FLAGS" -> message.addFlags(flags);
      case "-FLAGS" -> message.removeFlags(flags);
      default -> throw Refusal.bad("nothing that STORE knows: " + change);
    }
  }
}
