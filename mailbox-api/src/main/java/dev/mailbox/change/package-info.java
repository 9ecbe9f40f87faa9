// SPDX-License-Identifier: Apache-2.0
/** The change feed: what happened to the local copy, in order, and nothing missed. */
@NullMarked
package dev.mailbox.change;

import org.jspecify.annotations.NullMarked;
