// SPDX-License-Identifier: Apache-2.0
/** IMAP (RFC 3501, RFC 9051) behind the mailbox API. Applications need only its presence. */
@NullMarked
package dev.mailbox.imap;

import org.jspecify.annotations.NullMarked;
