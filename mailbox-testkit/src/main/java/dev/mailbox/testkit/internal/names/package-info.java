// SPDX-License-Identifier: Apache-2.0
/** Names of folders as servers write them; not API. */
@NullMarked
package dev.mailbox.testkit.internal.names;

import org.jspecify.annotations.NullMarked;
