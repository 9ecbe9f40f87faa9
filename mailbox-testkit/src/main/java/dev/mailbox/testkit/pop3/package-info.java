// SPDX-License-Identifier: Apache-2.0
/** A POP3 server that is faithful to RFC 1939 except where a test tells it not to be. */
@NullMarked
package dev.mailbox.testkit.pop3;

import org.jspecify.annotations.NullMarked;
