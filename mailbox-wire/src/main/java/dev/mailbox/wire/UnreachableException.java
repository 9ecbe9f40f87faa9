// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import org.jspecify.annotations.Nullable;

/** No connection could be made; nothing was sent to the server. */
public final class UnreachableException extends WireException {
  private static final long serialVersionUID = 1L;

  /** Why there is no connection. */
  public enum Reason {
    /** The name has no address. */
    UNKNOWN_HOST,
    /** The host is there, but nothing listens on the port. */
    REFUSED,
    /** No way to the host, or the system does not allow the connection. */
    NO_ROUTE,
    /** The proxy did not make the connection. */
    PROXY
  }

  private final Reason reason;

  UnreachableException(Scene scene, Reason reason, String what, @Nullable Throwable cause) {
    super(scene, what, cause);
    this.reason = reason;
  }

  /** Why there is no connection. */
  public Reason reason() {
    return reason;
  }
}
