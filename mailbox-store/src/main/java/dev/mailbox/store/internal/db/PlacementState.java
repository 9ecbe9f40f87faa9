// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import java.util.Optional;

/**
 * What is known of a placement, also of one that is not shown.
 *
 * @param place the folder it is in
 * @param onServer whether it lives on the server
 * @param sole whether it lives here although its folder lives on the server
 * @param hidden whether its deletion waits for the server
 * @param content the number of its content
 * @param shown the flags that it shows
 * @param server the flags that the server last told; empty if it has not told any
 */
public record PlacementState(
    QueuedAction.Place place,
    boolean onServer,
    boolean sole,
    boolean hidden,
    long content,
    Flags shown,
    Optional<Flags> server) {}
