// SPDX-License-Identifier: Apache-2.0
/** Does on the server what was done here. */
@NullMarked
package dev.mailbox.imap.internal.action;

import org.jspecify.annotations.NullMarked;
