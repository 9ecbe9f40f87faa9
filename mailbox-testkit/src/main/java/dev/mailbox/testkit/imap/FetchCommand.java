// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.ArrayList;
import java.util.List;

/** FETCH and UID FETCH (RFC 3501, section 6.4.5), without BODYSTRUCTURE and parts. */
final class FetchCommand {
  private FetchCommand() {}

  static String fetch(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    SequenceSet set = arguments.set();
    List<FetchItem> items = items(arguments, byUid);
    FolderView view = session.view();
    boolean marks = !view.isReadOnly() && items.stream().anyMatch(FetchItem::marksSeen);
    for (int number : view.numbers(set, byUid)) {
      FolderView.Seen seen = view.at(number);
      if (marks) {
        seen.message().addFlags(List.of("\\Seen"));
      }
      reply.text("* " + number + " FETCH (");
      for (int i = 0; i < items.size(); i++) {
        reply.text(i == 0 ? "" : " ");
        items.get(i).writeTo(seen, reply);
      }
      reply.line(")");
    }
    return "fetched";
  }

  private static List<FetchItem> items(Arguments arguments, boolean byUid) throws Refusal {
    List<FetchItem> items = new ArrayList<>();
    if (arguments.nextIsList()) {
      Arguments list = arguments.list();
      do {
        items.add(FetchItem.parse(word(list)));
      } while (list.hasNext());
    } else {
      for (String name : FetchItem.macro(word(arguments))) {
        items.add(FetchItem.parse(name));
      }
    }
    arguments.end();
    if (byUid && items.stream().noneMatch(i -> i.isNamed("UID"))) {
      items.add(0, FetchItem.parse("UID"));
    }
    return items;
  }

  private static String word(Arguments arguments) throws Refusal {
    if (arguments.take() instanceof ImapValue.Atom atom) {
      return atom.text();
    }
    throw Refusal.violation("an item of FETCH is a word");
  }
}
