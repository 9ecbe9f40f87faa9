// SPDX-License-Identifier: Apache-2.0
/** What is inside a message: its envelope, header, text and attachments. */
@NullMarked
package dev.mailbox.content;

import org.jspecify.annotations.NullMarked;
