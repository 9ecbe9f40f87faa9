// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes to and from a mail server: TCP, TLS, deadlines, limits, SASL, transcript.
 *
 * <p>Public for the protocol modules of this project, not for applications: names may change in any
 * release. A {@link dev.mailbox.wire.Connection} belongs to one thread at a time; only {@code
 * close()} may be called from any thread. Every failure is a {@link
 * dev.mailbox.wire.WireException}, and after one the connection is closed.
 */
@NullMarked
package dev.mailbox.wire;

import org.jspecify.annotations.NullMarked;
