// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.testkit.fault.Operation;
import java.util.List;

/** Something that is done to a folder. */
abstract class FolderAction extends Action {
  private final Operation operation;
  private final List<FolderPath> folders;

  FolderAction(Operation operation, FolderPath... folders) {
    this.operation = operation;
    this.folders = List.of(folders);
  }

  @Override
  final Operation operation() {
    return operation;
  }

  @Override
  final List<FolderPath> folders() {
    return folders;
  }

  @Override
  List<Placement> messages() {
    return List.of();
  }

  /** Shows again what the server has. It is in the queue no more. */
  abstract void undo(Copy copy);

  @Override
  final void undo(Copy copy, Placement message) {}

  @Override
  final void leaveOut(Placement placement) {}

  /** A server cannot tell a name with its delimiter from two names. */
  private static void refuseDelimiter(FolderPath path) {
    if (path.segments().stream().anyMatch(segment -> segment.contains("/"))) {
      throw Problems.rejected(
          Reason.IMPOSSIBLE,
          "the server cannot have a folder "
              + path
              + ": it takes / for what stands between levels");
    }
  }

  /** Makes a folder. */
  static final class Create extends FolderAction {
    private final CopiedFolder folder;

    Create(CopiedFolder folder) {
      super(Operation.CREATE_FOLDER, folder.path());
      this.folder = folder;
    }

    @Override
    void perform(Server server, Copy copy) {
      refuseDelimiter(folders().get(0));
      server.create(folders().get(0));
    }

    /** With something in it that is nowhere else, it stays, and lives here from now on. */
    @Override
    void undo(Copy copy) {
      if (copy.in(folder.path()).isEmpty()) {
        copy.remove(folder);
      } else {
        folder.liveHere();
      }
    }
  }

  /** Gives a folder another name. */
  static final class Rename extends FolderAction {
    Rename(FolderPath from, FolderPath to) {
      super(Operation.RENAME_FOLDER, from, to);
    }

    @Override
    void perform(Server server, Copy copy) {
      FolderPath from = folders().get(0);
      FolderPath to = folders().get(1);
      refuseDelimiter(to);
      server.rename(from, to);
      copy.listed()
          .filter(p -> p.place().isPresent())
          .forEach(p -> copy.list(p, renamed(p.place().orElseThrow(), from, to)));
    }

    private static Placement.Place renamed(Placement.Place at, FolderPath from, FolderPath to) {
      return new Placement.Place(Paths.renamed(at.folder(), from, to), at.key());
    }

    @Override
    void undo(Copy copy) {
      copy.rename(folders().get(1), folders().get(0));
    }
  }

  /** Deletes a folder with what is in it, which is hidden until the server has done so. */
  static final class Delete extends FolderAction {
    private final CopiedFolder folder;
    private final List<Placement> messages;

    Delete(CopiedFolder folder, List<Placement> messages) {
      super(Operation.DELETE_FOLDER, folder.path());
      this.folder = folder;
      this.messages = messages;
    }

    @Override
    void perform(Server server, Copy copy) {
      server.delete(folder.path());
      messages.forEach(copy::unlist);
    }

    @Override
    void undo(Copy copy) {
      copy.add(folder);
      for (Placement each : messages) {
        each.deleted(false);
        copy.show(each);
      }
    }
  }
}
