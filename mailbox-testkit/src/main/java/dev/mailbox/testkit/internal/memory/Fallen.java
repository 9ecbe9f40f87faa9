// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.testkit.fault.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands or falls with an action that was refused: what was done later to messages that did
 * not get where they are shown, or with folders that are not called so. Guarded by the server's
 * lock.
 */
final class Fallen {
  private final Set<Placement> messages = new HashSet<>();
  private final Set<Placement> originals = new HashSet<>();
  private final Set<FolderPath> names = new HashSet<>();
  private final Set<FolderPath> sources = new HashSet<>();

  /** An action that falls for some of its messages, or one on a folder, which has none. */
  record Part(Action action, List<Placement> messages) {}

  /** Those of the queue that cannot be done without that action, in order. */
  static List<Part> with(Action refused, Iterable<Action> queue) {
    Fallen fallen = new Fallen();
    fallen.add(new Part(refused, refused.messages()));
    List<Part> parts = new ArrayList<>();
    boolean later = false;
    for (Action action : queue) {
      boolean whole = later && fallen.takesWhole(action);
      Part part = new Part(action, whole ? List.copyOf(action.messages()) : fallen.taken(action));
      if (later && (whole || !part.messages().isEmpty())) {
        fallen.add(part);
        parts.add(part);
      }
      later |= action == refused;
    }
    return parts;
  }

  private void add(Part part) {
    Action action = part.action();
    switch (action.operation()) {
      case MOVE, APPEND -> messages.addAll(part.messages());
      case COPY -> {
        messages.addAll(part.messages());
        part.messages().forEach(each -> originals.add(action.subject(each)));
      }
      case CREATE_FOLDER, DELETE_FOLDER, RENAME_FOLDER -> names.addAll(action.folders());
      default -> {}
    }
    if (action.operation() == Operation.MOVE || action.operation() == Operation.COPY) {
      sources.add(action.folders().get(0));
    }
  }

  /** Whether an action falls because of where it is. */
  private boolean takesWhole(Action action) {
    boolean deletesSource =
        action.operation() == Operation.DELETE_FOLDER && sources.contains(action.folders().get(0));
    return deletesSource
        || action.folders().stream().anyMatch(path -> names.stream().anyMatch(path::isWithin));
  }

  private List<Placement> taken(Action action) {
    boolean deletes = action.operation() == Operation.DELETE;
    return action.messages().stream()
        .filter(
            each ->
                messages.contains(action.subject(each)) || (deletes && originals.contains(each)))
        .toList();
  }
}
