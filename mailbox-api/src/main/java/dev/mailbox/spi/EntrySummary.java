// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import java.time.Instant;

/**
 * What the entries of a folder come to.
 *
 * @param count how many there are
 * @param durable how many of them are {@link EntryState#DURABLE}
 * @param oldest when the one came into its state that has been in it for longest; {@link
 *     Instant#MAX} if there are none
 */
public record EntrySummary(int count, int durable, Instant oldest) {}
