// SPDX-License-Identifier: Apache-2.0
/** Queries as SEARCH asks them (RFC 9051 section 6.4.4). */
@NullMarked
package dev.mailbox.imap.internal.search;

import org.jspecify.annotations.NullMarked;
