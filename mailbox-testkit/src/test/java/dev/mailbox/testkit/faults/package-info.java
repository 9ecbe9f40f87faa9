// SPDX-License-Identifier: Apache-2.0
/** Each named fault, as a client of bare lines sees it. */
@NullMarked
package dev.mailbox.testkit.faults;

import org.jspecify.annotations.NullMarked;
