// SPDX-License-Identifier: Apache-2.0
/** Sockets and threads under the servers of the testkit; not API. */
@NullMarked
package dev.mailbox.testkit.internal.net;

import org.jspecify.annotations.NullMarked;
