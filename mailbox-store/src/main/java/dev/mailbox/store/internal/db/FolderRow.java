// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Residence;
import java.util.Optional;

/**
 * A folder as it is stored.
 *
 * @param id its number
 * @param path its path
 * @param role its role
 * @param residence where it lives
 * @param anchor what the protocol noted about it
 */
public record FolderRow(
    long id, FolderPath path, Optional<FolderRole> role, Residence residence, String anchor) {
  /** Whether a server has such a folder: all that live there, and the inbox. */
  public boolean isKeptInStep() {
    return residence == Residence.SERVER || path.equals(FolderPath.INBOX);
  }
}
