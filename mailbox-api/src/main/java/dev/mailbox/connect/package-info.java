// SPDX-License-Identifier: Apache-2.0
/** Reaching a server: credentials, TLS, deadlines, and what goes wrong there. */
@NullMarked
package dev.mailbox.connect;

import org.jspecify.annotations.NullMarked;
