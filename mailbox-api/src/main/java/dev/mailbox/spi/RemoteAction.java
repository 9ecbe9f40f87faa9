// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Something to be done on the server. */
public sealed interface RemoteAction {
  /** The folder it is done in. */
  FolderPath folder();

  /**
   * Sets and clears flags.
   *
   * @param folder where the messages are
   * @param keys the messages
   * @param set flags to set
   * @param clear flags to clear
   */
  record ChangeFlags(FolderPath folder, List<String> keys, Set<Flag> set, Set<Flag> clear)
      implements RemoteAction {}

  /**
   * Moves messages.
   *
   * @param folder where the messages are
   * @param keys the messages
   * @param target where they go
   */
  record Move(FolderPath folder, List<String> keys, FolderPath target) implements RemoteAction {}

  /**
   * Copies messages.
   *
   * @param folder where the messages are
   * @param keys the messages
   * @param target where the copies go
   */
  record Copy(FolderPath folder, List<String> keys, FolderPath target) implements RemoteAction {}

  /**
   * Removes messages for good.
   *
   * @param folder where the messages are
   * @param keys the messages
   */
  record Delete(FolderPath folder, List<String> keys) implements RemoteAction {}

  /**
   * Puts a message into a folder.
   *
   * @param folder where it goes
   * @param name what {@link ActionResult.Done#newKeys} calls it
   * @param message its bytes
   * @param flags its flags
   * @param receivedAt when it is to count as having arrived
   */
  record Append(
      FolderPath folder, String name, RawMessage message, Set<Flag> flags, Instant receivedAt)
      implements RemoteAction {}

  /**
   * Makes a folder.
   *
   * @param folder the folder
   */
  record CreateFolder(FolderPath folder) implements RemoteAction {}

  /**
   * Renames a folder and those below it.
   *
   * @param folder the folder
   * @param target its new path
   */
  record RenameFolder(FolderPath folder, FolderPath target) implements RemoteAction {}

  /**
   * Deletes a folder with its messages.
   *
   * @param folder the folder
   */
  record DeleteFolder(FolderPath folder) implements RemoteAction {}
}
