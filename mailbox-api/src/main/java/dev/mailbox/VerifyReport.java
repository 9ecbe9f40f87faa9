// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.util.List;

/**
 * What reading everything back has shown.
 *
 * @param messages contents whose bytes were read and compared with their checksum
 * @param bytes how many bytes that was
 * @param damaged the messages whose bytes are not what was stored
 * @param problems what the database itself found wrong with its file
 */
public record VerifyReport(
    int messages, long bytes, List<MessageId> damaged, List<String> problems) {
  /** Copies the lists. */
  public VerifyReport {
    damaged = List.copyOf(damaged);
    problems = List.copyOf(problems);
  }

  /** Whether everything is as it was stored. */
  public boolean isSound() {
    return damaged.isEmpty() && problems.isEmpty();
  }
}
