// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** SEARCH and UID SEARCH (RFC 3501, section 6.4.4). */
final class SearchCommand {
  private SearchCommand() {}

  static String search(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    ReturnOptions options = ReturnOptions.parse(session, arguments, "ESEARCH");
    if (arguments.nextIsAtom("CHARSET")) {
      String unused = arguments.keyword();
      checkCharset(arguments.string());
    }
    var keys = new SearchKeys(session, arguments);
    List<Integer> found = matching(session.view(), keys.all());
    var result = new SearchResult(session, found, byUid);
    if (keys.asksForModSeq()) {
      session.enable(SessionState.Enabled.CONDSTORE);
    }
    if (options.isSaved()) {
      session.view().save(result.uids());
    }
    if (options.isAsked()) {
      result.tellExtended(options, keys.asksForModSeq(), reply);
    } else {
      result.tell("SEARCH", keys.asksForModSeq(), reply);
    }
    return "searched";
  }

  static void checkCharset(String name) throws Refusal {
    String charset = name.toUpperCase(Locale.ROOT);
    if (!charset.equals("UTF-8") && !charset.equals("US-ASCII")) {
      throw Refusal.no("[BADCHARSET (US-ASCII UTF-8)] not that");
    }
  }

  static List<Integer> matching(FolderView view, SearchKey key) {
    List<Integer> found = new ArrayList<>();
    for (int number = 1; number <= view.count(); number++) {
      if (key.matches(number, view.at(number))) {
        found.add(number);
      }
    }
    return found;
  }
}
