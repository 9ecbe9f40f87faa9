// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.testkit.fault.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Moves messages to a folder. */
final class MoveAction extends Action {
  private final Map<Placement, FolderPath> from = new LinkedHashMap<>();
  private final FolderPath target;

  /** Of messages that are about to be shown there. */
  MoveAction(List<Placement> messages, FolderPath target) {
    messages.forEach(each -> from.put(each, each.folder()));
    this.target = target;
  }

  @Override
  Operation operation() {
    return Operation.MOVE;
  }

  @Override
  List<FolderPath> folders() {
    return Stream.concat(from.values().stream(), Stream.of(target)).distinct().toList();
  }

  @Override
  List<Placement> messages() {
    return new ArrayList<>(from.keySet());
  }

  @Override
  void perform(Server server, Copy copy) {
    server.require(target);
    for (Placement each : from.keySet()) {
      each.place()
          .flatMap(place -> server.move(place, each.body().content(), target))
          .ifPresent(place -> copy.list(each, place));
    }
  }

  @Override
  void undo(Copy copy, Placement message) {
    FolderPath folder = from.get(message);
    if (folder != null && copy.find(message.id()).isPresent()) {
      copy.show(message, message.place().map(Placement.Place::folder).orElse(folder));
    }
  }

  @Override
  void leaveOut(Placement placement) {
    from.remove(placement);
  }
}
