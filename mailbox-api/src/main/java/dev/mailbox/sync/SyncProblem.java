// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.sync;

import dev.mailbox.Reason;

/**
 * A message, or a folder, that could not be synchronized as it should; the others were not held up.
 *
 * @param serverKey how the server names the message, or the path of the folder, without control
 *     characters
 * @param reason what kind of problem it is
 * @param description the problem in words, and what becomes of the message
 */
public record SyncProblem(String serverKey, Reason reason, String description) {
  /** How many problems a report keeps; more are only counted. */
  public static final int MOST_KEPT = 1000;
}
