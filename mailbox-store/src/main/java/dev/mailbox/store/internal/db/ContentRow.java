// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.content.Envelope;

/**
 * A content that is about to be stored.
 *
 * @param id its number; 0 if it gets one when it is stored
 * @param identity the hash over the fields that make it what it is
 * @param sha256 the hash of its bytes
 * @param sizeInBytes how many bytes the whole message has
 * @param chunks in how many chunks its bytes lie
 * @param whole whether the body is among them
 * @param envelope what lists show
 */
@SuppressWarnings("ArrayRecordComponent") // hashes on their way into the database
public record ContentRow(
    long id,
    byte[] identity,
    byte[] sha256,
    long sizeInBytes,
    int chunks,
    boolean whole,
    Envelope envelope) {
  /** The same with a number. */
  public ContentRow withId(long newId) {
    return new ContentRow(newId, identity, sha256, sizeInBytes, chunks, whole, envelope);
  }
}
