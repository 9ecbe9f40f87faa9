// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.script.Step.Say;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the server says into steps, with the places of tags, which are not in literals. */
final class ServerLines {
  private static final Pattern STATUS =
      Pattern.compile("\\S+ (OK|NO|BAD|BYE|PREAUTH)( .*)?", Pattern.DOTALL);
  private static final Pattern SEARCH_TAG =
      Pattern.compile("\\* ESEARCH \\(TAG \"([^\"]+)\"\\).*", Pattern.DOTALL);
  private static final String HIDDEN_CHALLENGE = "+ ***\r\n";
  // A challenge that was hidden: what a client decodes must be Base64.
  private static final String SOME_CHALLENGE = "+ Kioq\r\n";
  private static final int FILLER_LINE = 72;

  private final Replies replies;
  private final List<Step> steps;
  private final StringBuilder line = new StringBuilder();
  private boolean isStart = true;
  private int literal;
  private boolean hasRefused;

  ServerLines(Replies replies, List<Step> steps) {
    this.replies = replies;
    this.steps = steps;
  }

  /** Whether the last line was the end of a reply. */
  boolean hasRefused() {
    return hasRefused;
  }

  /** Bytes up to the end of a text line. */
  void read(int number, String bytes) {
    hasRefused = false;
    int part = Math.min(literal, bytes.length());
    if (part > 0) {
      add(number, bytes.substring(0, part), -1);
      literal -= part;
    }
    if (part < bytes.length()) {
      line(number, bytes.substring(part));
    }
  }

  /**
   * Bytes of which a transcript has only kept how many they are.
   *
   * @param hasNoEnd whether the dot at the end of a list is not among them
   */
  void unknown(int number, int count, boolean hasNoEnd) {
    if (literal > 0) {
      int part = Math.min(count, literal);
      add(number, filler(part), -1);
      literal -= part;
      if (part < count) {
        line(number, ")\r\n");
      }
    } else if (replies.isInLines() && !hasNoEnd) {
      boolean isMessage = replies.isInMessage() && count > 5;
      read(number, isMessage ? filler(count - 5) + "\r\n.\r\n" : ".\r\n");
    } else if (replies.isInMessage()) {
      add(number, filler(count - 2) + "\r\n", -1);
    }
  }

  private void line(int number, String text) {
    boolean hasEnd = text.endsWith("\n");
    String plain = text.replaceFirst("\r?\n$", "");
    int answers = isStart ? replies.answeredBy(plain) : -1;
    hasRefused = answers >= 0;
    if (isStart && replies.isTagged()) {
      addTagged(number, text, answers);
    } else {
      add(number, text, answers);
    }
    line.append(plain);
    isStart = false;
    if (hasEnd) {
      int announced = replies.isTagged() ? literalOf(line.toString()) : -1;
      literal = Math.max(0, announced);
      isStart = announced < 0;
      line.setLength(0);
    }
  }

  private void addTagged(int number, String text, int answers) {
    Matcher search = SEARCH_TAG.matcher(text);
    int space = text.indexOf(' ');
    if (search.matches() && replies.isTag(search.group(1))) {
      String before = text.substring(0, search.start(1));
      steps.add(new Say(number, before, search.group(1), text.substring(search.end(1)), answers));
    } else if (space > 0 && replies.isTag(text.substring(0, space))) {
      steps.add(new Say(number, "", text.substring(0, space), text.substring(space), answers));
    } else {
      add(number, text.equals(HIDDEN_CHALLENGE) ? SOME_CHALLENGE : text, answers);
    }
  }

  private void add(int number, String text, int answers) {
    steps.add(new Say(number, text, "", "", answers));
  }

  private static int literalOf(String line) {
    return STATUS.matcher(line).matches() ? -1 : ClientLine.announced(line);
  }

  private static String filler(int bytes) {
    var filler = new StringBuilder();
    while (bytes - filler.length() > FILLER_LINE + 2) {
      filler.append("*".repeat(FILLER_LINE)).append("\r\n");
    }
    return filler.append("*".repeat(Math.max(0, bytes - filler.length()))).toString();
  }
}
