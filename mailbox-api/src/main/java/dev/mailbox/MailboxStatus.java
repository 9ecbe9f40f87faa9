// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.time.Instant;
import java.util.Optional;

/**
 * How a mailbox is doing.
 *
 * @param lastSync when a sync last went through, since the store was made
 * @param lastProblem why the last attempt to reach the server failed, if it did
 * @param queuedActions actions that wait to be done on the server
 * @param failedActions actions that the server refused and nobody has looked at
 * @param pendingRemovals messages that are durable here, or deleted here, and that the server is
 *     still to lose
 * @param notIndexed messages that the text index has not taken in yet
 */
public record MailboxStatus(
    Optional<Instant> lastSync,
    Optional<MailboxException> lastProblem,
    int queuedActions,
    int failedActions,
    int pendingRemovals,
    int notIndexed) {}
