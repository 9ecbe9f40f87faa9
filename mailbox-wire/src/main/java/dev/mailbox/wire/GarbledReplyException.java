// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** The server sent what the protocol does not allow at this place. */
public final class GarbledReplyException extends WireException {
  private static final long serialVersionUID = 1L;

  GarbledReplyException(Scene scene, String what) {
    super(scene, what, null);
  }
}
