// SPDX-License-Identifier: Apache-2.0
/** Searches on the server. */
@NullMarked
package dev.mailbox.imap.internal.search;

import org.jspecify.annotations.NullMarked;
