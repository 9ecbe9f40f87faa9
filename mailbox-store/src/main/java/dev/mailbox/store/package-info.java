// SPDX-License-Identifier: Apache-2.0
/** The one mailbox implementation, over a local SQLite store and a remote. */
@NullMarked
package dev.mailbox.store;

import org.jspecify.annotations.NullMarked;
