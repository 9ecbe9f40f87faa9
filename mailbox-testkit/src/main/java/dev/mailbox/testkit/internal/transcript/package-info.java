// SPDX-License-Identifier: Apache-2.0
/** How transcripts are written: escapes, and what is hidden in them; not API. */
@NullMarked
package dev.mailbox.testkit.internal.transcript;

import org.jspecify.annotations.NullMarked;
