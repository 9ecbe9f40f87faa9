// SPDX-License-Identifier: Apache-2.0
/** Programs that show how the library reads. */
@NullMarked
package dev.mailbox.examples;

import org.jspecify.annotations.NullMarked;
