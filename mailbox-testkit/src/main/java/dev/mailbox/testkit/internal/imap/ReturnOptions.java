// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a search is to return (RFC 4731, section 3.1; SAVE of RFC 5182).
 *
 * @param isAsked whether the client said so, which calls for ESEARCH
 * @param names MIN, MAX, COUNT, ALL
 * @param isSaved whether the result is to be kept
 */
record ReturnOptions(boolean isAsked, Set<String> names, boolean isSaved) {
  private static final Set<String> KNOWN = Set.of("MIN", "MAX", "COUNT", "ALL");

  static ReturnOptions parse(SessionState session, Arguments arguments, String capability)
      throws Refusal {
    if (!session.server().offers(capability) || !arguments.nextIsAtom("RETURN")) {
      return new ReturnOptions(false, Set.of(), false);
    }
    String unused = arguments.keyword();
    Set<String> names = new LinkedHashSet<>();
    boolean saved = false;
    for (Arguments list = arguments.list(); list.hasNext(); ) {
      String name = list.keyword();
      if (name.equals("SAVE") && session.server().offers("SEARCHRES")) {
        saved = true;
      } else if (KNOWN.contains(name)) {
        names.add(name);
      } else {
        throw Refusal.violation("nothing that a search returns: " + name);
      }
    }
    if (names.isEmpty() && !saved) {
      names.add("ALL");
    }
    return new ReturnOptions(true, names, saved);
  }

  boolean has(String name) {
    return names.contains(name);
  }
}
