// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Residence;
import dev.mailbox.change.Change;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The folders of a copy, compared with the server's. Guarded by the server's lock. */
final class FolderList {
  private static final Set<FolderRole> LEFT_OUT =
      EnumSet.of(FolderRole.ALL, FolderRole.JUNK, FolderRole.TRASH);

  private final Server server;
  private final Copy copy;
  private final Set<FolderPath> scope;

  FolderList(Device device) {
    this.server = device.server();
    this.copy = device.copy();
    this.scope = device.config().scope().folders();
  }

  /** What waits in the queue is not undone by a list that knows nothing of it. */
  boolean follow() {
    boolean waiting = copy.queue().stream().anyMatch(action -> action instanceof FolderAction);
    if (copy.residence() == Residence.LOCAL || waiting) {
      return false;
    }
    copy.folders().stream()
        .filter(folder -> server.box(folder.path()).isEmpty())
        .forEach(this::forget);
    for (Box box : server.boxes()) {
      if (copy.folder(box.path()).isEmpty()) {
        copy.add(new CopiedFolder(box.path(), Residence.SERVER));
      }
      box.role().ifPresent(role -> copy.require(box.path()).role(role));
    }
    return true;
  }

  private void forget(CopiedFolder folder) {
    for (Placement each : copy.in(folder.path())) {
      copy.unlist(each);
      copy.hide(each, Change.Cause.REMOVED_ON_SERVER);
    }
    copy.remove(folder);
  }

  /** Those that are kept in step. */
  List<FolderPath> inScope() {
    return copy.folders().stream()
        .filter(CopiedFolder::isKeptInStep)
        .filter(this::isInScope)
        .map(CopiedFolder::path)
        .sorted(Paths.ORDER)
        .toList();
  }

  private boolean isInScope(CopiedFolder folder) {
    return scope.isEmpty()
        ? folder.role().filter(LEFT_OUT::contains).isEmpty()
        : scope.contains(folder.path());
  }

  /** Those that were asked for and do not exist. */
  List<FolderPath> missing() {
    return scope.stream().filter(path -> copy.folder(path).isEmpty()).toList();
  }
}
