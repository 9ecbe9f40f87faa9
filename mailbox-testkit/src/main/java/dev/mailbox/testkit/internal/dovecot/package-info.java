// SPDX-License-Identifier: Apache-2.0
/** Configuration, process and maildir of a private Dovecot; not API. */
@NullMarked
package dev.mailbox.testkit.internal.dovecot;

import org.jspecify.annotations.NullMarked;
