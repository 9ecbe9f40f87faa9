// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.Flag;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A message that is about to be put into the replica.
 *
 * @param key how the protocol names it within its folder
 * @param listedSize the size the server listed, in bytes
 * @param headerOnly whether only the header follows
 * @param flags its flags on the server
 * @param receivedAt when the server received it, if it tells
 */
public record RemoteMessage(
    String key,
    long listedSize,
    boolean headerOnly,
    Set<Flag> flags,
    Optional<Instant> receivedAt) {}
