// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

/** How a {@link FaultProxy} ends a connection. */
public enum Closing {
  /**
   * An orderly end of stream. What was passed on before arrives in full. Where the proxy ends TLS,
   * no close notification is before it, as when a line breaks.
   */
  FIN,
  /** A reset. It may overtake bytes that the receiver has not read yet. */
  RESET;

  /** As transcripts call it. */
  String event() {
    return this == FIN ? "cut" : "reset";
  }
}
