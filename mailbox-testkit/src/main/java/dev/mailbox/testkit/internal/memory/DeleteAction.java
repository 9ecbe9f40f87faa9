// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.testkit.fault.Operation;
import java.util.ArrayList;
import java.util.List;

/** Removes messages for good. They are hidden until the server has done so. */
final class DeleteAction extends Action {
  private final List<Placement> messages;

  DeleteAction(List<Placement> messages) {
    this.messages = new ArrayList<>(messages);
  }

  @Override
  Operation operation() {
    return Operation.DELETE;
  }

  @Override
  List<FolderPath> folders() {
    return messages.stream().map(Placement::folder).distinct().toList();
  }

  @Override
  List<Placement> messages() {
    return messages;
  }

  @Override
  void perform(Server server, Copy copy) {
    for (Placement each : messages) {
      each.place().ifPresent(place -> server.remove(place, each.body().content()));
      copy.unlist(each);
    }
  }

  @Override
  void undo(Copy copy) {
    for (Placement each : messages) {
      each.deleted(false);
      copy.show(each);
    }
  }
}
