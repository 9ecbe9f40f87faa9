// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import dev.mailbox.testkit.ServerAccount;
import java.time.Duration;

/** The server that a scene is set on, with one user, whose mailbox is empty at first. */
interface Stage extends AutoCloseable {
  /** How long anything may take. */
  Duration PATIENCE = Duration.ofSeconds(20);

  ServerAccount user();

  /** The port of POP3 in clear text. */
  int port();

  /** Waits until the sessions of programs that have ended are over. */
  void settle();

  @Override
  void close();
}
