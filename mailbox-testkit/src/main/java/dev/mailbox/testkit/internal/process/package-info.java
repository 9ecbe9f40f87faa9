// SPDX-License-Identifier: Apache-2.0
/** Real servers as private processes, whichever they are; not API. */
@NullMarked
package dev.mailbox.testkit.internal.process;

import org.jspecify.annotations.NullMarked;
