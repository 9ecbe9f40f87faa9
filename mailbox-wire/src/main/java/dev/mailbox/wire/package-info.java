// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes to and from a mail server. Public for the protocol modules of this project, not for
 * applications.
 */
@NullMarked
package dev.mailbox.wire;

import org.jspecify.annotations.NullMarked;
