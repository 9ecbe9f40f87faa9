// SPDX-License-Identifier: Apache-2.0
/** What an application sees of a mailbox, whatever the protocol. */
@NullMarked
package dev.mailbox;

import org.jspecify.annotations.NullMarked;
