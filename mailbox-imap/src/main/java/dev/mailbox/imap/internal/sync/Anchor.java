// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.grammar.UidSet;
import java.util.List;

/**
 * What a synchronization leaves behind for the next one.
 *
 * @param uidValidity the folder's UIDVALIDITY
 * @param uidNext a bound above all UIDs that there were, or 0
 * @param bounds what decided which messages were left out
 * @param breaks at which messages the server broke the session; often empty
 */
public record Anchor(long uidValidity, long uidNext, String bounds, String breaks) {
  private static final String FORM = "imap/1";
  private static final int LINES = 4;

  /** Before the first. */
  public static final Anchor NONE = new Anchor(0, 0, "");

  /** Where the session never broke. */
  public Anchor(long uidValidity, long uidNext, String bounds) {
    this(uidValidity, uidNext, bounds, "");
  }

  /** Reads what {@link #text} wrote; anything else counts as nothing. */
  public static Anchor parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    boolean withBreaks = lines.size() == LINES + 1 && Breaks.isText(lines.get(LINES));
    if ((lines.size() != LINES && !withBreaks) || !lines.get(0).equals(FORM)) {
      return NONE;
    }
    try {
      return new Anchor(
          Long.parseLong(lines.get(1)),
          Long.parseLong(lines.get(2)),
          lines.get(3),
          withBreaks ? lines.get(LINES) : "");
    } catch (NumberFormatException e) {
      return NONE;
    }
  }

  /** Whether a synchronization came to its end, and the server told the next UID. */
  public boolean isComplete() {
    return uidValidity > 0 && uidNext > 0 && uidNext <= UidSet.LARGEST && !bounds.isEmpty();
  }

  String text() {
    String text =
        String.join("\n", FORM, Long.toString(uidValidity), Long.toString(uidNext), bounds);
    return breaks.isEmpty() ? text : text + "\n" + breaks;
  }
}
