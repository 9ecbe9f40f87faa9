// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import org.jspecify.annotations.Nullable;

/** The server closed or reset the connection. */
public final class PeerClosedException extends WireException {
  private static final long serialVersionUID = 1L;

  PeerClosedException(Scene scene, String what, @Nullable Throwable cause) {
    super(scene, what, cause);
  }
}
