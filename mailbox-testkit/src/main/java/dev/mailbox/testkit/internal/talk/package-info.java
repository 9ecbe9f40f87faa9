// SPDX-License-Identifier: Apache-2.0
/** What clients and servers say to each other, as text without secrets; not API. */
@NullMarked
package dev.mailbox.testkit.internal.talk;

import org.jspecify.annotations.NullMarked;
