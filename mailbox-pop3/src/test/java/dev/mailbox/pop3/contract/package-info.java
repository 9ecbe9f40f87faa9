// SPDX-License-Identifier: Apache-2.0
/** The contracts of the mailbox API over POP3, against every server that there is. */
@NullMarked
package dev.mailbox.pop3.contract;

import org.jspecify.annotations.NullMarked;
