// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Residence;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder of a copy. Guarded by the server's lock. */
final class CopiedFolder {
  private Residence residence;
  private FolderPath path;
  private @Nullable FolderRole role;
  private boolean whole;

  CopiedFolder(FolderPath path, Residence residence) {
    this.path = path;
    this.residence = residence;
    this.role = path.equals(FolderPath.INBOX) ? FolderRole.INBOX : null;
  }

  FolderPath path() {
    return path;
  }

  void path(FolderPath newPath) {
    path = newPath;
  }

  Residence residence() {
    return residence;
  }

  /** From now on no server has it. */
  void liveHere() {
    residence = Residence.LOCAL;
  }

  boolean livesOnServer() {
    return residence == Residence.SERVER;
  }

  /** Whether a synchronization has to do with it. */
  boolean isKeptInStep() {
    return livesOnServer() || path.equals(FolderPath.INBOX);
  }

  Optional<FolderRole> role() {
    return Optional.ofNullable(role);
  }

  void role(FolderRole newRole) {
    role = newRole;
  }

  /** Whether its last synchronization left nothing out. */
  boolean isWhole() {
    return whole || !isKeptInStep();
  }

  void whole(boolean isWhole) {
    whole = isWhole;
  }
}
