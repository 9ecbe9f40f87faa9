// SPDX-License-Identifier: Apache-2.0
/** One connection: tags, commands under way, and what the server says meanwhile. */
@NullMarked
package dev.mailbox.imap.internal.session;

import org.jspecify.annotations.NullMarked;
