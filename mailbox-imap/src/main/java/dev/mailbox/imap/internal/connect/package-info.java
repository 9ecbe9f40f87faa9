// SPDX-License-Identifier: Apache-2.0
/** The way in, and the connections of an account. */
@NullMarked
package dev.mailbox.imap.internal.connect;

import org.jspecify.annotations.NullMarked;
