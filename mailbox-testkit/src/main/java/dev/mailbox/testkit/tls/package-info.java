// SPDX-License-Identifier: Apache-2.0
/** Certificates for tests, good and bad, and TLS in front of a server that has none. */
@NullMarked
package dev.mailbox.testkit.tls;

import org.jspecify.annotations.NullMarked;
