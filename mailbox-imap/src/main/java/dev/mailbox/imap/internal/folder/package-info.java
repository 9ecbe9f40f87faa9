// SPDX-License-Identifier: Apache-2.0
/** Folders as IMAP servers name and describe them. */
@NullMarked
package dev.mailbox.imap.internal.folder;

import org.jspecify.annotations.NullMarked;
