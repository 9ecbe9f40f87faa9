// SPDX-License-Identifier: Apache-2.0
/** One file for each command, with its response beside it. */
@NullMarked
package dev.mailbox.imap.internal.command;

import org.jspecify.annotations.NullMarked;
