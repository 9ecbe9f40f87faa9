// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.store.internal.db.QueuedAction;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the server has put off, and what has to stay behind it, because it is for one of its
 * messages or folders, or for one of something that stays behind. A change of a folder is one of
 * all above and below it too, since it may give or free their names. For one thread.
 */
final class PutOff {
  private final Set<Long> messages = new HashSet<>();
  private final Set<Long> folders = new HashSet<>();
  private final Set<FolderPath> paths = new HashSet<>();
  private final Set<FolderPath> changed = new HashSet<>();
  private @Nullable MailboxException first;

  /** The server has put off an action. */
  void add(QueuedAction action, MailboxException why) {
    first = first == null ? why : first;
    add(action);
  }

  /** What was first said by the server as it put something off. */
  Optional<MailboxException> problem() {
    return Optional.ofNullable(first);
  }

  /** Whether an action has to stay behind others; then it does. */
  boolean holdsBack(QueuedAction action) {
    boolean dependent =
        messages(action).anyMatch(messages::contains)
            || places(action).map(QueuedAction.Place::folder).anyMatch(folders::contains)
            || places(action).map(QueuedAction.Place::path).anyMatch(path -> meets(action, path));
    if (dependent) {
      add(action);
    }
    return dependent;
  }

  private void add(QueuedAction action) {
    messages(action).forEach(messages::add);
    places(action).map(QueuedAction.Place::folder).forEach(folders::add);
    places(action)
        .map(QueuedAction.Place::path)
        .forEach(changes(action) ? changed::add : paths::add);
  }

  private boolean meets(QueuedAction action, FolderPath path) {
    return paths.contains(path)
        || changed.stream().anyMatch(other -> isInLine(path, other))
        || (changes(action) && paths.stream().anyMatch(other -> isInLine(path, other)));
  }

  private static boolean isInLine(FolderPath one, FolderPath other) {
    return one.isWithin(other) || other.isWithin(one);
  }

  /** The messages that it is for, and the copies that it makes. */
  private static Stream<Long> messages(QueuedAction action) {
    return action.items().stream()
        .flatMap(item -> Stream.of(item.placement(), item.copy()))
        .filter(message -> message != 0);
  }

  private static Stream<QueuedAction.Place> places(QueuedAction action) {
    return Stream.concat(Stream.of(action.place()), action.targetPlace().stream());
  }

  private static boolean changes(QueuedAction action) {
    return switch (action.kind()) {
      case CREATE_FOLDER, RENAME_FOLDER, DELETE_FOLDER -> true;
      case FLAGS, MOVE, COPY, DELETE, APPEND -> false;
    };
  }
}
