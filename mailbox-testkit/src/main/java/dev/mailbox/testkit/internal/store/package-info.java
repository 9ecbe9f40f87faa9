// SPDX-License-Identifier: Apache-2.0
/** What a fake server holds: accounts, folders and messages, for all protocols alike. */
@NullMarked
package dev.mailbox.testkit.internal.store;

import org.jspecify.annotations.NullMarked;
