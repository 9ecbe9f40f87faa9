// SPDX-License-Identifier: Apache-2.0
/** The {@code mailbox} command line. Each command is a class; {@link Main} starts them. */
@NullMarked
package dev.mailbox.examples.cli;

import org.jspecify.annotations.NullMarked;
