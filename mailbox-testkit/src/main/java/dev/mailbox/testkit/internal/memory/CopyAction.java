// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.change.Change;
import dev.mailbox.testkit.fault.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Copies messages to a folder. It is about the copies, which are shown already. */
final class CopyAction extends Action {
  private final Map<Placement, Placement> originals = new LinkedHashMap<>();
  private final FolderPath folder;
  private final FolderPath target;

  /** Of copies, each with its original; these are in one folder. */
  CopyAction(Map<Placement, Placement> originals, FolderPath target) {
    this.originals.putAll(originals);
    this.folder = originals.values().iterator().next().folder();
    this.target = target;
  }

  @Override
  Operation operation() {
    return Operation.COPY;
  }

  @Override
  List<FolderPath> folders() {
    return List.of(folder, target);
  }

  @Override
  List<Placement> messages() {
    return new ArrayList<>(originals.keySet());
  }

  @Override
  void perform(Server server, Copy copy) {
    server.require(target);
    originals.forEach(
        (each, original) -> {
          Optional<Placement.Place> made =
              original
                  .place()
                  .flatMap(place -> server.copy(place, original.body().content(), target));
          made.ifPresentOrElse(
              place -> copy.list(each, place),
              () -> copy.hide(each, Change.Cause.REMOVED_ON_SERVER));
        });
  }

  @Override
  Placement subject(Placement message) {
    return originals.getOrDefault(message, message);
  }

  @Override
  void undo(Copy copy, Placement message) {
    copy.hide(message, Change.Cause.REMOVED_ON_SERVER);
  }

  @Override
  void leaveOut(Placement message) {
    originals.remove(message);
  }
}
