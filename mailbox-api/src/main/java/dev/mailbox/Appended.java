// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/**
 * A message that was put into a folder.
 *
 * @param id the new message
 * @param outcome whether the server has it yet
 */
public record Appended(MessageId id, Outcome outcome) {}
