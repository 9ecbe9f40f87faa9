// SPDX-License-Identifier: Apache-2.0
/** The POP3 side of a fake server. */
@NullMarked
package dev.mailbox.testkit.internal.pop3;

import org.jspecify.annotations.NullMarked;
