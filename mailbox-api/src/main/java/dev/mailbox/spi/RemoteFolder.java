// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.FolderPath;

/**
 * A folder of the server, as the local copy knows it.
 *
 * @param path its path
 * @param anchor what the protocol noted about it when it was last in step; empty at first
 */
public record RemoteFolder(FolderPath path, String anchor) {}
