// SPDX-License-Identifier: Apache-2.0
/** POP3 (RFC 1939) behind the mailbox API. */
@NullMarked
package dev.mailbox.pop3;

import org.jspecify.annotations.NullMarked;
