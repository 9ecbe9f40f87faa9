// SPDX-License-Identifier: Apache-2.0
/** Brings the replica in step with the server. */
@NullMarked
package dev.mailbox.imap.internal.sync;

import org.jspecify.annotations.NullMarked;
