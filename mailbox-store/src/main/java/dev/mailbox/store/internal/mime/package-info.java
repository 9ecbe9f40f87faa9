// SPDX-License-Identifier: Apache-2.0
/**
 * Headers and MIME: takes apart what a message's bytes say. Everything here is linear in its input
 * and bounded by {@code Limits}, and no bytes make it throw: what cannot be understood becomes a
 * defect. Not part of the API.
 */
@NullMarked
package dev.mailbox.store.internal.mime;

import org.jspecify.annotations.NullMarked;
