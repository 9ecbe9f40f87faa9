// SPDX-License-Identifier: Apache-2.0
/** What sessions of both protocols have in common: how long they last, and how often they begin. */
@NullMarked
package dev.mailbox.testkit.internal.session;

import org.jspecify.annotations.NullMarked;
