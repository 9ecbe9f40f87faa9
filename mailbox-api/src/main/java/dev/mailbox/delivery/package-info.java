// SPDX-License-Identifier: Apache-2.0
/** Receivers: each message that arrives is handed to an application until it was handled. */
@NullMarked
package dev.mailbox.delivery;

import org.jspecify.annotations.NullMarked;
