// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** How a connection is protected. */
public enum Security {
  /** TLS from the first byte (RFC 8314, section 3). */
  IMPLICIT_TLS,
  /**
   * Clear text up to the protocol's STARTTLS command, which is not optional: no secret leaves
   * before TLS is there.
   */
  STARTTLS_REQUIRED,
  /** Clear text. Secrets are refused unless {@link ConnectOptions#allowCleartextSecrets()}. */
  NONE
}
