// SPDX-License-Identifier: Apache-2.0
/** What must hold across the modules. */
@NullMarked
package dev.mailbox.checks;

import org.jspecify.annotations.NullMarked;
