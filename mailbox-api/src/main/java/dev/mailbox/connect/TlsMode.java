// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

/**
 * How a connection is made safe. There is no opportunistic mode: TLS is there or nothing is sent.
 */
public enum TlsMode {
  /** TLS from the first byte (RFC 8314). What the schemes {@code pop3s} and {@code imaps} mean. */
  IMPLICIT,
  /**
   * Upgrade in the protocol before anything secret is said, or fail (STLS, RFC 2595; STARTTLS, RFC
   * 9051 section 6.2.1). What the schemes {@code pop3} and {@code imap} mean.
   */
  STARTTLS,
  /**
   * Clear text, which must be asked for. With a secret it is refused unless the host is a loopback
   * address or the configuration says {@code allowInsecure()}.
   */
  NONE
}
