// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

/**
 * What a session leaves behind for the next one.
 *
 * @param bounds the {@link Policy#bounds} under which messages were left out
 * @param oneByOne whether the server lost count when commands were sent ahead of their replies
 * @param stumbled the key of the message at which the last session broke, which therefore comes
 *     last, so that the others get through; empty if there is none
 */
record Anchor(String bounds, boolean oneByOne, String stumbled) {
  private static final String FORM = "pop3/1";

  /** Before the first session. */
  static final Anchor NONE = new Anchor("", false, "");

  /** Reads what {@link #text} wrote; anything else counts as nothing. */
  static Anchor parse(String text) {
    String[] lines = text.split("\n", -1);
    return lines.length == 4 && lines[0].equals(FORM)
        ? new Anchor(lines[1], Boolean.parseBoolean(lines[2]), lines[3])
        : NONE;
  }

  String text() {
    return String.join("\n", FORM, bounds, Boolean.toString(oneByOne), stumbled);
  }
}
