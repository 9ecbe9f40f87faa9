// SPDX-License-Identifier: Apache-2.0
/** Programs that people want to write, each short enough to copy. */
@NullMarked
package dev.mailbox.examples.recipes;

import org.jspecify.annotations.NullMarked;
