// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An action that waits to be done on the server.
 *
 * @param id its number, which is its place in the queue
 * @param kind what is to be done
 * @param place where, as the server knows it, and in what number here
 * @param targetPlace where to, for actions that have a target
 * @param set flags to set
 * @param cleared flags to clear
 * @param fateUnknown whether it was sent once and its answer was lost
 * @param items the messages it is for
 */
public record QueuedAction(
    long id,
    Kind kind,
    Place place,
    Optional<Place> targetPlace,
    Set<Flag> set,
    Set<Flag> cleared,
    boolean fateUnknown,
    List<Item> items) {
  /** What is to be done; the names are stored. */
  public enum Kind {
    /** Set and clear flags. */
    FLAGS,
    /** Move messages. */
    MOVE,
    /** Copy messages. */
    COPY,
    /** Remove messages. */
    DELETE,
    /** Put a message into a folder. */
    APPEND,
    /** Make a folder. */
    CREATE_FOLDER,
    /** Rename a folder. */
    RENAME_FOLDER,
    /** Delete a folder. */
    DELETE_FOLDER
  }

  /**
   * A message of an action.
   *
   * @param placement the message
   * @param copy the copy that was made of it here, or 0
   */
  public record Item(long placement, long copy) {}

  /**
   * A folder of an action.
   *
   * @param path the path that the server knows it by, once all earlier actions are done
   * @param folder its number here, which stays whatever it is renamed to
   */
  public record Place(FolderPath path, long folder) {
    /** A folder as it is now. */
    public static Place of(FolderRow row) {
      return new Place(row.path(), row.id());
    }
  }

  /** An action that has no number yet. */
  public static QueuedAction of(Kind kind, FolderRow folder, List<Item> items) {
    return new QueuedAction(
        0, kind, Place.of(folder), Optional.empty(), Set.of(), Set.of(), false, items);
  }

  /** The same with a target. */
  public QueuedAction to(FolderRow target) {
    return to(Place.of(target));
  }

  /** The same with a target. */
  public QueuedAction to(Place target) {
    return new QueuedAction(id, kind, place, Optional.of(target), set, cleared, fateUnknown, items);
  }

  /** The same with flags. */
  public QueuedAction flags(Set<Flag> newSet, Set<Flag> newCleared) {
    return new QueuedAction(id, kind, place, targetPlace, newSet, newCleared, fateUnknown, items);
  }

  /** The same for other messages. */
  public QueuedAction only(List<Item> others) {
    return new QueuedAction(id, kind, place, targetPlace, set, cleared, fateUnknown, others);
  }

  /** Where, as the server knows it. */
  public FolderPath folder() {
    return place.path();
  }

  /** Where to, as the server knows it. */
  public Optional<FolderPath> target() {
    return targetPlace.map(Place::path);
  }

  /** Whether doing it twice does the same as doing it once. */
  public boolean isRepeatable() {
    return kind == Kind.FLAGS || kind == Kind.DELETE;
  }

  /** What the action is to do, in words that follow "to". */
  public String describe() {
    String messages = items.size() == 1 ? "1 message" : items.size() + " messages";
    String to = target().map(path -> " to " + path).orElse("");
    return switch (kind) {
      case FLAGS -> "change flags of " + messages + " in " + folder();
      case MOVE -> "move " + messages + " from " + folder() + to;
      case COPY -> "copy " + messages + " from " + folder() + to;
      case DELETE -> "delete " + messages + " in " + folder();
      case APPEND -> "append " + messages + " to " + folder();
      case CREATE_FOLDER -> "create the folder " + folder();
      case RENAME_FOLDER -> "rename the folder " + folder() + to;
      case DELETE_FOLDER -> "delete the folder " + folder();
    };
  }
}
