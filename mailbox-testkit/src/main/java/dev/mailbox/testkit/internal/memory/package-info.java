// SPDX-License-Identifier: Apache-2.0
/**
 * A mailbox in memory: a server without a protocol, copies of what it holds, and what the API does
 * with both; not API.
 *
 * <p>One lock, the server's, guards it all. It is never held while something is waited for, but by
 * its own condition, nor while code of a test runs.
 */
@NullMarked
package dev.mailbox.testkit.internal.memory;

import org.jspecify.annotations.NullMarked;
