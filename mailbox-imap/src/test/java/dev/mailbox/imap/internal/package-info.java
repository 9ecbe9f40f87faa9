// SPDX-License-Identifier: Apache-2.0
/** What the tests of several packages need. */
@NullMarked
package dev.mailbox.imap.internal;

import org.jspecify.annotations.NullMarked;
