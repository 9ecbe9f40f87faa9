// SPDX-License-Identifier: Apache-2.0
/** Mails taken apart as the API shows them, with the text decoders of Jakarta Mail; not API. */
@NullMarked
package dev.mailbox.testkit.internal.content;

import org.jspecify.annotations.NullMarked;
