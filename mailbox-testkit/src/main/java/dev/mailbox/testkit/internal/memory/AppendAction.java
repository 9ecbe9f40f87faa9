// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.testkit.fault.Operation;
import java.util.List;
import java.util.Set;

/** Puts a message into a folder, where it is shown already. */
final class AppendAction extends Action {
  private final Placement message;
  private final FolderPath folder;
  private final Set<Flag> flags;

  AppendAction(Placement message) {
    this.message = message;
    this.folder = message.folder();
    this.flags = message.flags();
  }

  @Override
  Operation operation() {
    return Operation.APPEND;
  }

  @Override
  List<FolderPath> folders() {
    return List.of(folder);
  }

  @Override
  List<Placement> messages() {
    return List.of(message);
  }

  @Override
  void perform(Server server, Copy copy) {
    refuseWhatNoServerTakes(message.body().content().bytes());
    Held held =
        server.add(folder, message.body().content(), message.receivedAt(), FlagAction.names(flags));
    copy.list(message, server.place(folder, held));
  }

  private static void refuseWhatNoServerTakes(byte[] bytes) {
    if (bytes.length == 0) {
      throw Problems.rejected(Reason.REFUSED_BY_SERVER, "a message of no bytes is none");
    }
    for (byte each : bytes) {
      if (each == 0) {
        throw Problems.rejected(Reason.REFUSED_BY_SERVER, "byte 0 in a literal");
      }
    }
  }

  /** From now on it lives here. */
  @Override
  void undo(Copy copy, Placement placement) {
    placement.liveHere();
  }

  /** There is none that it could do without. */
  @Override
  void leaveOut(Placement placement) {}
}
