// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.change;

import dev.mailbox.FolderPath;
import dev.mailbox.MessageId;

/**
 * Something that happened to the local copy. Each committed change is a row of the feed, written in
 * the transaction that made it, so a reader that keeps its {@link #position} misses none.
 */
public sealed interface Change {
  /** Where in the feed this is; read on after it. */
  FeedPosition position();

  /**
   * A message is new in a folder.
   *
   * @param position where in the feed this is
   * @param message the message
   * @param folder the folder
   */
  record Arrived(FeedPosition position, MessageId message, FolderPath folder) implements Change {}

  /**
   * A message's flags are others than before; {@code Mailbox.find} gives the present ones.
   *
   * @param position where in the feed this is
   * @param message the message
   * @param folder the folder
   */
  record FlagsChanged(FeedPosition position, MessageId message, FolderPath folder)
      implements Change {}

  /**
   * A message's body, of which only the header was here, is here now.
   *
   * @param position where in the feed this is
   * @param message the message
   * @param folder the folder
   */
  record BodyArrived(FeedPosition position, MessageId message, FolderPath folder)
      implements Change {}

  /**
   * A message went from one folder to another; it keeps its id.
   *
   * @param position where in the feed this is
   * @param message the message
   * @param from the folder it left
   * @param folder the folder it is in
   */
  record Moved(FeedPosition position, MessageId message, FolderPath from, FolderPath folder)
      implements Change {}

  /**
   * A message is no longer here.
   *
   * @param position where in the feed this is
   * @param message the message
   * @param folder the folder it was in
   * @param cause who removed it
   */
  record Removed(FeedPosition position, MessageId message, FolderPath folder, Cause cause)
      implements Change {}

  /** Who removed a message. */
  enum Cause {
    /** This program, by {@code delete()}. */
    DELETED_HERE,
    /** Somebody else, on the server. */
    REMOVED_ON_SERVER,
    /** The local copy, to save space; the server still has it. Kept for a later version. */
    EVICTED
  }

  /**
   * A folder is new, by this program or on the server.
   *
   * @param position where in the feed this is
   * @param folder the folder
   */
  record FolderCreated(FeedPosition position, FolderPath folder) implements Change {}

  /**
   * A folder, and those below it, have another name. Messages keep their ids.
   *
   * @param position where in the feed this is
   * @param from the old path
   * @param folder the new path
   */
  record FolderRenamed(FeedPosition position, FolderPath from, FolderPath folder)
      implements Change {}

  /**
   * A folder is gone; each message in it has a {@link Removed} of its own before this.
   *
   * @param position where in the feed this is
   * @param folder the folder
   */
  record FolderDeleted(FeedPosition position, FolderPath folder) implements Change {}

  /**
   * A queued action was refused by the server, and rolled back here; {@code
   * Mailbox.failedActions()} has the details.
   *
   * @param position where in the feed this is
   * @param message the message, whose shown state is the server's again
   * @param folder the folder it is in
   */
  record ActionFailed(FeedPosition position, MessageId message, FolderPath folder)
      implements Change {}

  /**
   * The reader stayed away so long that the feed was pruned: what is here must be read anew.
   *
   * @param position where to read on
   */
  record Gap(FeedPosition position) implements Change {}
}
