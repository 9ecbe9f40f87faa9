// SPDX-License-Identifier: Apache-2.0
/** An IMAP server that is faithful to RFC 3501 except where a test tells it not to be. */
@NullMarked
package dev.mailbox.testkit.imap;

import org.jspecify.annotations.NullMarked;
