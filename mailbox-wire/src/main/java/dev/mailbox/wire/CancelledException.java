// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** This side gave up: the thread was interrupted, or the connection was closed. */
public final class CancelledException extends WireException {
  private static final long serialVersionUID = 1L;

  private final boolean interrupted;

  CancelledException(Scene scene, boolean interrupted) {
    super(scene, interrupted ? "the thread was interrupted" : "the connection was closed", null);
    this.interrupted = interrupted;
  }

  /**
   * True if the thread was interrupted; its interrupt flag is set again. False if the connection
   * was closed with {@link Connection#close()}.
   */
  public boolean interrupted() {
    return interrupted;
  }
}
