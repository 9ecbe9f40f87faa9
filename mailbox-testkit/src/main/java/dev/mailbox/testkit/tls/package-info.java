// SPDX-License-Identifier: Apache-2.0
/** Certificates for tests, good and bad. */
@NullMarked
package dev.mailbox.testkit.tls;

import org.jspecify.annotations.NullMarked;
