// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import java.util.Optional;

/**
 * A folder as the server lists it.
 *
 * @param path its path
 * @param role what it is for; a role is given to one folder at most
 */
public record ListedFolder(FolderPath path, Optional<FolderRole> role) {}
