// SPDX-License-Identifier: Apache-2.0
/** Certificates made with Bouncy Castle; not API. */
@NullMarked
package dev.mailbox.testkit.internal.pki;

import org.jspecify.annotations.NullMarked;
