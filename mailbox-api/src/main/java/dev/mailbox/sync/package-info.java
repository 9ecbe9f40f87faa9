// SPDX-License-Identifier: Apache-2.0
/** Bringing the local copy in step: what to copy, what the server loses, and what came of it. */
@NullMarked
package dev.mailbox.sync;

import org.jspecify.annotations.NullMarked;
