// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.store.internal.db.ContentRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message whose bytes have all come.
 *
 * @param content its description
 * @param bytes all of its bytes if they are not in the store's chunks yet
 * @param headerHash the hash of its raw header block
 * @param receivedAt when it arrived, as far as its header tells, else now
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way into the database
record Received(
    ContentRow content, byte @Nullable [] bytes, byte[] headerHash, Instant receivedAt) {
  int weight() {
    return bytes == null ? 0 : bytes.length;
  }
}
