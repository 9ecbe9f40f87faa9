// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

/** Not a failure of its own: rides on one, to show what a server saw. */
final class ServerLog extends RuntimeException {
  private static final long serialVersionUID = 1;

  ServerLog(String text) {
    super(text, null, false, false);
  }
}
