// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import org.jspecify.annotations.Nullable;

/** TLS could not be established or broke; no secret was sent. */
public final class TlsFailedException extends WireException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Problem {
    /** The certificate, or one above it, has expired. */
    EXPIRED,
    /** The certificate, or one above it, is not valid yet. */
    NOT_YET_VALID,
    /** The certificate is for another host. */
    WRONG_HOST,
    /** No trusted authority stands behind the certificate. */
    UNTRUSTED,
    /** The certificate was revoked. */
    REVOKED,
    /** The server does not speak TLS on this port. */
    NOT_TLS,
    /** Bytes arrived in clear text after STARTTLS was agreed: someone tries to inject replies. */
    INJECTION,
    /** Anything else, as the message says. */
    OTHER
  }

  private final Problem problem;

  TlsFailedException(Scene scene, Problem problem, String what, @Nullable Throwable cause) {
    super(scene, what, cause);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
