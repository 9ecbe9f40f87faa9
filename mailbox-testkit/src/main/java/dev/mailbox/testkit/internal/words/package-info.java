// SPDX-License-Identifier: Apache-2.0
/** What servers say where the protocols leave the words to them; not API. */
@NullMarked
package dev.mailbox.testkit.internal.words;

import org.jspecify.annotations.NullMarked;
