// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.testkit.fault.Operation;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The actions that the server has put off, and those that have to stay behind them: for the same
 * messages or folders, or because they need the room that a deletion gives. Guarded by the server's
 * lock.
 */
final class PutOff {
  private static final Set<Operation> GIVING_ROOM =
      EnumSet.of(Operation.DELETE, Operation.DELETE_FOLDER);
  private static final Set<Operation> NEEDING_ROOM =
      EnumSet.of(Operation.APPEND, Operation.COPY, Operation.CREATE_FOLDER);

  private final Set<Action> actions = new LinkedHashSet<>();
  private @Nullable MailboxException first;

  /** The server has put off an action. */
  boolean add(Action action, MailboxException why) {
    first = first == null ? why : first;
    return actions.add(action);
  }

  /** Why the first was put off. */
  Optional<MailboxException> problem() {
    return Optional.ofNullable(first);
  }

  /** Whether an action is one of those. */
  boolean holdsBack(Action action) {
    boolean held =
        actions.contains(action) || actions.stream().anyMatch(other -> isBehind(action, other));
    if (held) {
      actions.add(action);
    }
    return held;
  }

  private static boolean isBehind(Action action, Action other) {
    return other.messages().stream().anyMatch(action.messages()::contains)
        || (GIVING_ROOM.contains(other.operation()) && NEEDING_ROOM.contains(action.operation()))
        || other.folders().stream().anyMatch(path -> concerns(action, other, path));
  }

  private static boolean concerns(Action action, Action other, FolderPath path) {
    boolean names = action instanceof FolderAction || other instanceof FolderAction;
    return action.folders().stream()
        .anyMatch(
            each -> each.equals(path) || (names && (each.isWithin(path) || path.isWithin(each))));
  }
}
