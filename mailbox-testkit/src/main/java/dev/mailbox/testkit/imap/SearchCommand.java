// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** SEARCH and UID SEARCH (RFC 3501, section 6.4.4). */
final class SearchCommand {
  private SearchCommand() {}

  static String search(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    if (arguments.nextIsAtom("CHARSET")) {
      String unused = arguments.keyword();
      String charset = arguments.string().toUpperCase(Locale.ROOT);
      if (!charset.equals("UTF-8") && !charset.equals("US-ASCII")) {
        throw Refusal.no("[BADCHARSET (US-ASCII UTF-8)] not that");
      }
    }
    FolderView view = session.view();
    SearchKey key = new SearchKeys(view, arguments).all();
    List<String> found = new ArrayList<>();
    for (int number = 1; number <= view.count(); number++) {
      if (key.matches(number, view.at(number))) {
        found.add("" + (byUid ? view.at(number).message().uid() : number));
      }
    }
    reply.line(found.isEmpty() ? "* SEARCH" : "* SEARCH " + String.join(" ", found));
    return "searched";
  }
}
