// SPDX-License-Identifier: Apache-2.0
/** What a server's text search sees of a mail; not API. */
@NullMarked
package dev.mailbox.testkit.internal.mime;

import org.jspecify.annotations.NullMarked;
