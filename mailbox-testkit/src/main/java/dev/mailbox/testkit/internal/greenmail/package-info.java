// SPDX-License-Identifier: Apache-2.0
/** GreenMail behind the facade; not API. */
@NullMarked
package dev.mailbox.testkit.internal.greenmail;

import org.jspecify.annotations.NullMarked;
