// SPDX-License-Identifier: Apache-2.0
/** What IMAP writes on the wire: sets of UIDs, names, dates (RFC 9051 section 9). */
@NullMarked
package dev.mailbox.imap.internal.grammar;

import org.jspecify.annotations.NullMarked;
