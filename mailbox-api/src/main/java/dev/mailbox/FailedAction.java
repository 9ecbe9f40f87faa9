// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.time.Instant;
import java.util.Optional;

/**
 * An action that was queued and that the server refused when its turn came. The local copy was
 * rolled back to what the server shows.
 *
 * @param message the message it was for, or empty for an action on a folder
 * @param description what was to be done, in words
 * @param reason why the server refused
 * @param serverText what the server said, without control characters
 * @param at when it was refused
 */
public record FailedAction(
    Optional<MessageId> message,
    String description,
    Reason reason,
    String serverText,
    Instant at) {}
