// SPDX-License-Identifier: Apache-2.0
/** What an IMAP client said, as a fake server understood it. */
@NullMarked
package dev.mailbox.testkit.imap;

import org.jspecify.annotations.NullMarked;
