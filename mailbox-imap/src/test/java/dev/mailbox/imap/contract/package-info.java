// SPDX-License-Identifier: Apache-2.0
/** The contracts of the mailbox API over IMAP, against every server that there is. */
@NullMarked
package dev.mailbox.imap.contract;

import org.jspecify.annotations.NullMarked;
