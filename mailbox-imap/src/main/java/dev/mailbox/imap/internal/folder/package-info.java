// SPDX-License-Identifier: Apache-2.0
/** Names and roles of folders. */
@NullMarked
package dev.mailbox.imap.internal.folder;

import org.jspecify.annotations.NullMarked;
