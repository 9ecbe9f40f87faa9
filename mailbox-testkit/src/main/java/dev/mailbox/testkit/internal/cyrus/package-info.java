// SPDX-License-Identifier: Apache-2.0
/** Configuration, process, logins and mail of a private Cyrus; not API. */
@NullMarked
package dev.mailbox.testkit.internal.cyrus;

import org.jspecify.annotations.NullMarked;
