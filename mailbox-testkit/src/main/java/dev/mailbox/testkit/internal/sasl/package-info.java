// SPDX-License-Identifier: Apache-2.0
/** How the fake servers let clients in; not API. */
@NullMarked
package dev.mailbox.testkit.internal.sasl;

import org.jspecify.annotations.NullMarked;
