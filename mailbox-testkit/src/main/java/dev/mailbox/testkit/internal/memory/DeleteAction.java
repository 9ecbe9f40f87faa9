// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.testkit.fault.Operation;
import java.util.ArrayList;
import java.util.List;

/** Removes messages for good. They are hidden until the server has done so. */
final class DeleteAction extends Action {
  private final List<Placement> messages;
  private final FolderPath folder;

  /** Of messages of one folder. */
  DeleteAction(List<Placement> messages) {
    this.messages = new ArrayList<>(messages);
    this.folder = messages.get(0).folder();
  }

  @Override
  Operation operation() {
    return Operation.DELETE;
  }

  @Override
  List<FolderPath> folders() {
    return List.of(folder);
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
  void undo(Copy copy, Placement message) {
    message.deleted(false);
    copy.show(message);
  }

  @Override
  void leaveOut(Placement message) {
    messages.remove(message);
  }
}
