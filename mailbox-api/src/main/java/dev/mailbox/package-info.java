// SPDX-License-Identifier: Apache-2.0
/**
 * A mailbox with one interface over POP3 and IMAP: open it, bring it in step, read, search and act.
 *
 * <p>Start at {@link dev.mailbox.Mailbox}.
 */
@NullMarked
package dev.mailbox;

import org.jspecify.annotations.NullMarked;
