// SPDX-License-Identifier: Apache-2.0
/** The IMAP side of a fake server: what it understands and what it does. */
@NullMarked
package dev.mailbox.testkit.internal.imap;

import org.jspecify.annotations.NullMarked;
