// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Residence;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A folder as it is stored.
 *
 * @param id its number
 * @param path its path
 * @param role its role
 * @param residence where it lives
 * @param anchor what the protocol noted about it
 * @param leftOut how many of the server's messages its last sync left out; empty before the first
 */
public record FolderRow(
    long id,
    FolderPath path,
    Optional<FolderRole> role,
    Residence residence,
    String anchor,
    OptionalInt leftOut) {
  /** Whether it lives on the server. */
  public boolean isOnServer() {
    return residence == Residence.SERVER;
  }

  /** Whether a server has such a folder: all that live there, and the inbox. */
  public boolean isKeptInStep() {
    return residence == Residence.SERVER || path.equals(FolderPath.INBOX);
  }
}
