// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import java.util.List;

/** Not a failure of its own: rides on one, to show what a server saw. */
final class ServerLog extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int LAST_LINES = 200;

  ServerLog(String title, List<String> lines) {
    super(title + ":\n" + String.join("\n", last(lines)), null, false, false);
  }

  private static List<String> last(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
  }
}
