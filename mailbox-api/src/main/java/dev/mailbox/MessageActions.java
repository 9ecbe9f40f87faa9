// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/**
 * What can be done with a message, or with many at once.
 *
 * <p>The local copy shows an action at once, in one transaction for all messages. For folders that
 * live on a server ({@link Residence#SERVER}) it is also done there; the {@link Outcome} tells
 * whether that has happened yet, and for many messages is the weakest of theirs. Messages that are
 * no longer there are left out; if none of them is, the call does nothing, and the outcome is as if
 * it had been done.
 *
 * <p>All methods throw {@link RejectedException} if the server refused, after the local copy was
 * rolled back, and {@link StoreException} if the store could not be written, in which case nothing
 * has changed.
 */
public interface MessageActions {
  /** Sets flags; those that are set stay set. */
  Outcome mark(Flag first, Flag... more);

  /** Clears flags; those that are not set stay so. */
  Outcome unmark(Flag first, Flag... more);

  /**
   * Moves to a folder; the messages keep their ids.
   *
   * @throws RejectedException with {@link Reason#NOT_FOUND} if there is no such folder, as of the
   *     last sync
   */
  Outcome moveTo(FolderPath folder);

  /**
   * Copies to a folder; the copies get ids of their own, take the flags and the time of arrival
   * along, and share the content.
   *
   * @throws RejectedException with {@link Reason#NOT_FOUND} if there is no such folder
   */
  Outcome copyTo(FolderPath folder);

  /**
   * Moves to the folder with the role {@link FolderRole#TRASH}, which is made if there is none.
   * What is in it already stays there.
   */
  Outcome trash();

  /**
   * Removes for good, here and on the server, without a way back. Only these messages: never what
   * others have marked as deleted. A POP3 server that still has one is told at the next sync,
   * whatever the {@link dev.mailbox.sync.Removal} says; until then the outcome is {@link
   * Outcome#QUEUED}.
   */
  Outcome delete();
}
