// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import java.time.Instant;

/**
 * What a sink has seen of a message.
 *
 * @param sizeInBytes how many bytes
 * @param sha256 their SHA-256
 * @param headerHash the SHA-256 of the raw header block, up to and with the empty line
 * @param receivedAt when the message arrived, as far as its header tells
 */
@SuppressWarnings("ArrayRecordComponent") // hashes, compared with Arrays.equals by their readers
public record Receipt(long sizeInBytes, byte[] sha256, byte[] headerHash, Instant receivedAt) {}
