// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides the bytes of messages in one direction, of which it is shown the lines between them, but
 * for header fields that may be seen.
 */
final class HiddenBody {
  private static final Pattern BRINGS =
      Pattern.compile("\\* [0-9]+ FETCH\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SENDS =
      Pattern.compile(
          "\\S+ (APPEND|REPLACE|UID REPLACE)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern BEGINS_WITH_HEADER =
      Pattern.compile(
          ".*\\b(BODY\\[(HEADER[^]]*)?](<0>)?|RFC822(\\.HEADER)?) \\{[0-9]+}",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Direction direction;
  private final Set<String> shownFields;
  private final StringBuilder name = new StringBuilder();
  private boolean isImap;
  private boolean isMessage;
  private boolean isAnnounced;
  private boolean isLineStart;
  private boolean isHeader;
  private boolean isShown;

  /**
   * For messages that go in this direction.
   *
   * @param shownFields names of fields, in lower case
   */
  HiddenBody(Direction direction, Set<String> shownFields) {
    this.direction = direction;
    this.shownFields = shownFields;
  }

  void lineCame(String line, boolean inImap) {
    isImap = inImap;
    if (!isAnnounced) {
      isMessage =
          inImap
              ? (direction == Direction.TO_SERVER ? SENDS : BRINGS).matcher(line).matches()
              : direction == Direction.TO_CLIENT;
    }
    isAnnounced = inImap && line.matches("(?s).*\\{[0-9]+\\+?}");
    isLineStart = true;
    isHeader = !shownFields.isEmpty() && (!inImap || BEGINS_WITH_HEADER.matcher(line).matches());
    isShown = false;
  }

  /**
   * Bytes between lines as they may be shown; a client's may be any then, and have no lines. What
   * may yet become the name of a field is held back until the next call, or {@link #end}.
   */
  String hide(String bytes) {
    if (!isMessage) {
      return bytes;
    }
    if (direction == Direction.TO_SERVER) {
      return "*".repeat(bytes.length());
    }
    var hidden = new StringBuilder(bytes.length());
    for (int i = 0; i < bytes.length(); i++) {
      char each = bytes.charAt(i);
      if (isHeader) {
        inHeader(each, hidden);
      } else {
        hide(each, hidden);
      }
      isLineStart = each == '\n';
    }
    return hidden.toString();
  }

  /** What was held back, hidden, for the message is over. */
  String end() {
    var rest = new StringBuilder();
    dropName(rest);
    return rest.toString();
  }

  private void inHeader(char each, StringBuilder hidden) {
    boolean isLineEnd = each == '\r' || each == '\n';
    if (isLineStart && each != ' ' && each != '\t') {
      isShown = false;
      isHeader = !isLineEnd;
      if (isHeader && (each != '.' || isImap)) {
        name.append(each);
        return;
      }
    }
    if (name.length() > 0 && each == ':') {
      nameCame(hidden);
    } else if (name.length() > 0 && each > ' ' && each <= '~') {
      name.append(each);
      return;
    } else if (name.length() > 0) {
      // A line that is no field: what comes is no header either.
      dropName(hidden);
      isHeader = false;
    }
    if (isShown) {
      hidden.append(each);
    } else {
      hide(each, hidden);
    }
  }

  private void nameCame(StringBuilder hidden) {
    isShown = shownFields.contains(name.toString().toLowerCase(Locale.ROOT));
    if (isShown) {
      hidden.append(name);
      name.setLength(0);
    } else {
      dropName(hidden);
    }
  }

  private void dropName(StringBuilder hidden) {
    hidden.append("*".repeat(name.length()));
    name.setLength(0);
  }

  private void hide(char each, StringBuilder hidden) {
    // What POP3 has stuffed, and the dot at the end.
    boolean isDot = each == '.' && isLineStart && !isImap;
    hidden.append(each == '\r' || each == '\n' || isDot ? each : '*');
  }
}
