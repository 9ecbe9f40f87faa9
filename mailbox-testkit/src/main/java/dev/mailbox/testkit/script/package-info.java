// SPDX-License-Identifier: Apache-2.0
/** A server that says exactly what a test tells it to. */
@NullMarked
package dev.mailbox.testkit.script;

import org.jspecify.annotations.NullMarked;
