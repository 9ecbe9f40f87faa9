// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an extended LIST selects by and returns (RFC 5258, section 3; RFC 5819; RFC 6154).
 *
 * @param selection by what folders are selected
 * @param wanted what is returned of them
 * @param status the items of STATUS that are wanted, if any
 */
record ListOptions(Set<String> selection, Set<String> wanted, @Nullable Arguments status) {

  static boolean areKnown(ImapEngine server) {
    return server.offers("LIST-EXTENDED") || server.offers("SPECIAL-USE");
  }

  /** Reads what comes after the patterns. */
  static ListOptions parse(
      ImapEngine server, Set<String> selection, Arguments arguments, boolean extended)
      throws Refusal {
    Set<String> wanted = new HashSet<>();
    if (selection.contains("SUBSCRIBED")) {
      wanted.add("SUBSCRIBED");
    }
    Arguments status = null;
    if (extended && arguments.nextIsAtom("RETURN")) {
      String unused = arguments.keyword();
      for (Arguments options = arguments.list(); options.hasNext(); ) {
        String option = options.keyword();
        switch (option) {
          case "SPECIAL-USE", "CHILDREN", "SUBSCRIBED" -> wanted.add(option);
          case "STATUS" -> {
            if (!server.offers("LIST-STATUS")) {
              throw Refusal.violation("STATUS is not known here");
            }
            status = options.list();
          }
          default -> throw Refusal.violation("nothing that LIST returns: " + option);
        }
      }
    }
    return new ListOptions(selection, wanted, status);
  }

  /** Reads what comes before the reference. */
  static Set<String> selection(Arguments options, ImapEngine server) throws Refusal {
    Set<String> selection = new HashSet<>();
    while (options.hasNext()) {
      String option = options.keyword();
      boolean known =
          switch (option) {
            case "SUBSCRIBED", "REMOTE", "RECURSIVEMATCH" -> true;
            case "SPECIAL-USE" -> server.offers("SPECIAL-USE");
            default -> false;
          };
      if (!known) {
        throw Refusal.violation("nothing that LIST selects by: " + option);
      }
      selection.add(option);
    }
    if (selection.contains("RECURSIVEMATCH") && !selection.contains("SUBSCRIBED")) {
      throw Refusal.violation("RECURSIVEMATCH needs something to match");
    }
    return selection;
  }

  boolean selects(String option) {
    return selection.contains(option);
  }

  boolean isRecursive() {
    return selection.contains("RECURSIVEMATCH");
  }

  boolean returns(String option) {
    return wanted.contains(option);
  }
}
