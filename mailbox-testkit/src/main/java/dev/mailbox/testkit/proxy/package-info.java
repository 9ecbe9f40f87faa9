// SPDX-License-Identifier: Apache-2.0
/** A proxy in front of any server that fails as a test says, counts and records. */
@NullMarked
package dev.mailbox.testkit.proxy;

import org.jspecify.annotations.NullMarked;
