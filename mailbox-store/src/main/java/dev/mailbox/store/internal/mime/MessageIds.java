// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;
import java.util.ArrayDeque;
import java.util.List;

/** Reads the message ids of a field (RFC 5322 section 3.6.4), with their angle brackets. */
final class MessageIds {
  private MessageIds() {}

  /** The first id; without brackets it is given as it was written. */
  static String first(String value) {
    int open = value.indexOf('<');
    int close = open < 0 ? -1 : value.indexOf('>', open);
    return close < 0 ? value.trim() : withoutSpace(value.substring(open, close + 1));
  }

  /**
   * All ids in brackets; of more than {@link Limits#REFERENCES} the last, which are the nearest.
   */
  static List<String> all(String value, Defects defects) {
    ArrayDeque<String> ids = new ArrayDeque<>();
    int open = value.indexOf('<');
    while (open >= 0) {
      int close = value.indexOf('>', open);
      if (close < 0) {
        break;
      }
      ids.add(withoutSpace(value.substring(open, close + 1)));
      if (ids.size() > Limits.REFERENCES) {
        ids.removeFirst();
        defects.add(Defect.Kind.LIMIT, "more than " + Limits.REFERENCES + " references");
      }
      open = value.indexOf('<', close);
    }
    return List.copyOf(ids);
  }

  /** Some senders fold inside an id. */
  private static String withoutSpace(String id) {
    if (id.indexOf(' ') < 0) {
      return id;
    }
    StringBuilder joined = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) != ' ') {
        joined.append(id.charAt(i));
      }
    }
    return joined.toString();
  }
}
