// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** SEARCH and UID SEARCH (RFC 3501, section 6.4.4). */
final class SearchCommand {
  private SearchCommand() {}

  static String search(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    ReturnOptions options = ReturnOptions.parse(session, arguments, "ESEARCH");
    try {
      return search(session, arguments, reply, new Asked(options, byUid));
    } catch (Refusal e) {
      // RFC 5182, section 2.1: what is refused, but not as BAD, leaves nothing.
      if (options.isSaved() && e.status().equals("NO")) {
        session.view().save(Set.of());
      }
      throw e;
    }
  }

  /** How the result is to be told. */
  private record Asked(ReturnOptions options, boolean byUid) {}

  private static String search(
      SessionState session, Arguments arguments, ImapReply reply, Asked asked) throws Refusal {
    Charset charset = StandardCharsets.UTF_8;
    if (arguments.nextIsAtom("CHARSET")) {
      String unused = arguments.keyword();
      if (session.isEnabled(SessionState.Enabled.UTF8)) {
        throw Refusal.violation("a character set is not named when UTF8=ACCEPT is enabled");
      }
      charset = charset(arguments.string());
    }
    var keys = new SearchKeys(session, arguments, charset);
    List<Integer> found = matching(session.view(), keys.all());
    var result = new SearchResult(session, found, asked.byUid());
    ReturnOptions options = asked.options();
    if (keys.asksForModSeq()) {
      session.enable(SessionState.Enabled.CONDSTORE);
    }
    if (options.isSaved()) {
      session.view().save(result.saved(options));
    }
    if (options.isAsked()) {
      result.tellExtended(options, keys.asksForModSeq(), reply);
    } else {
      result.tell("SEARCH", keys.asksForModSeq(), reply);
    }
    return "searched";
  }

  static Charset charset(String name) throws Refusal {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
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
