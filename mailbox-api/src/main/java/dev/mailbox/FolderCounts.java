// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/**
 * How many messages a folder holds, as the local copy knows.
 *
 * @param total all messages
 * @param unread those without {@link Flag#SEEN}
 * @param notDownloaded those whose body is not here
 */
public record FolderCounts(int total, int unread, int notDownloaded) {}
