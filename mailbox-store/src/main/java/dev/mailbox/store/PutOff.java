// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.store.internal.db.QueuedAction;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the server has put off, and what has to stay behind it, because it is for one of its
 * messages or folders, or for one of something that stays behind. A change of a folder is one of
 * all above and below it too, since it may give or free their names; and names that a server may
 * take for one are one here. What needs room stays behind what gives room. For one thread.
 */
final class PutOff {
  private final Set<Long> messages = new HashSet<>();
  private final Set<Long> folders = new HashSet<>();
  private final Set<FolderPath> paths = new HashSet<>();
  private final Set<FolderPath> changed = new HashSet<>();
  private boolean givesRoom;
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
            || (givesRoom && needsRoom(action))
            || paths(action).anyMatch(path -> meets(action, path));
    if (dependent) {
      add(action);
    }
    return dependent;
  }

  private void add(QueuedAction action) {
    messages(action).forEach(messages::add);
    places(action).map(QueuedAction.Place::folder).forEach(folders::add);
    paths(action).forEach(changes(action) ? changed::add : paths::add);
    givesRoom |=
        action.kind() == QueuedAction.Kind.DELETE
            || action.kind() == QueuedAction.Kind.DELETE_FOLDER;
  }

  private static Stream<FolderPath> paths(QueuedAction action) {
    return places(action).map(place -> folded(place.path()));
  }

  /** As servers may compare names that do not keep case, or bring them into one Unicode form. */
  private static FolderPath folded(FolderPath path) {
    return new FolderPath(path.segments().stream().map(PutOff::folded).toList());
  }

  private static String folded(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static boolean needsRoom(QueuedAction action) {
    return switch (action.kind()) {
      case APPEND, COPY, CREATE_FOLDER -> true;
      case FLAGS, MOVE, DELETE, RENAME_FOLDER, DELETE_FOLDER -> false;
    };
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
