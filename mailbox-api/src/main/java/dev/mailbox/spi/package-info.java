// SPDX-License-Identifier: Apache-2.0
/**
 * The ports between the local copy and a protocol. Public for implementations of this API, not for
 * applications: it changes with them.
 */
@NullMarked
package dev.mailbox.spi;

import org.jspecify.annotations.NullMarked;
