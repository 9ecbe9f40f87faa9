// SPDX-License-Identifier: Apache-2.0
/**
 * What can go wrong with a reply of a fake server, and with what a mailbox in memory asks, as
 * values.
 */
@NullMarked
package dev.mailbox.testkit.fault;

import org.jspecify.annotations.NullMarked;
