// SPDX-License-Identifier: Apache-2.0
/** Measurements of the library against its floors. */
@NullMarked
package dev.mailbox.benchmarks;

import org.jspecify.annotations.NullMarked;
