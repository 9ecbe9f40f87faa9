// SPDX-License-Identifier: Apache-2.0
/** When a fault happens, and what it makes of a reply. */
@NullMarked
package dev.mailbox.testkit.internal.fault;

import org.jspecify.annotations.NullMarked;
