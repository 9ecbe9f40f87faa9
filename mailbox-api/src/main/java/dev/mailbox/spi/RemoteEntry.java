// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import java.time.Instant;

/**
 * What the replica remembers of a message that the server has listed.
 *
 * @param key how the protocol names it within its folder
 * @param listedSize the size the server listed, in bytes
 * @param state how far it has come
 * @param headerHash the SHA-256 of the raw header block, up to and with the empty line; empty if it
 *     is not known
 * @param since when it came into this state
 */
@SuppressWarnings("ArrayRecordComponent") // a hash, compared with Arrays.equals by its few readers
public record RemoteEntry(
    String key, long listedSize, EntryState state, byte[] headerHash, Instant since) {}
