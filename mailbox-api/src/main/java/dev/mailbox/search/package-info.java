// SPDX-License-Identifier: Apache-2.0
/** Asking for messages: conditions, order and results. */
@NullMarked
package dev.mailbox.search;

import org.jspecify.annotations.NullMarked;
