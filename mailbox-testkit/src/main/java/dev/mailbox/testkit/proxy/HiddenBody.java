// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.util.regex.Pattern;

/** Hides the bytes of messages in one direction, of which it is shown the lines between them. */
final class HiddenBody {
  private static final Pattern BRINGS =
      Pattern.compile("\\* [0-9]+ FETCH\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SENDS =
      Pattern.compile(
          "\\S+ (APPEND|REPLACE|UID REPLACE)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Direction direction;
  private boolean isImap;
  private boolean isMessage;
  private boolean isAnnounced;
  private boolean isLineStart;

  HiddenBody(Direction direction) {
    this.direction = direction;
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
  }

  /** Bytes between lines as they may be shown; a client's may be any then, and have no lines. */
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
      // What POP3 has stuffed, and the dot at the end.
      boolean isDot = each == '.' && isLineStart && !isImap;
      hidden.append(each == '\r' || each == '\n' || isDot ? each : '*');
      isLineStart = each == '\n';
    }
    return hidden.toString();
  }
}
