// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.sync;

/**
 * How far long work has come.
 *
 * @param phase what is being done
 * @param done messages done so far
 * @param total messages to do, as far as is known; never below {@code done}
 * @param bytes bytes of messages moved so far
 */
public record Progress(Phase phase, long done, long total, long bytes) {
  /** What is being done. */
  public enum Phase {
    /** Asking what there is. */
    LISTING,
    /** Copying messages here. */
    DOWNLOADING,
    /** Deleting on the server what is durable here. */
    REMOVING,
    /** Reading everything back. */
    VERIFYING,
    /** Writing messages out. */
    EXPORTING
  }
}
