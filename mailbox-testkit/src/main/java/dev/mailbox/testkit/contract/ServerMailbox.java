// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.testkit.DovecotAccount;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.HeldMessage;
import java.time.Instant;
import java.util.List;

/**
 * An account on a server, as another client would see and change it. All that is done has happened
 * when the method returns. Thread-safe.
 */
public interface ServerMailbox {
  /** The account of a Dovecot. */
  static ServerMailbox of(DovecotAccount account) {
    return new DovecotMailbox(account);
  }

  /** The account of a fake server. */
  static ServerMailbox of(FakeAccount account) {
    return new FakeMailbox(account);
  }

  /** All folders that can hold messages, in any order. */
  List<FolderPath> folders();

  /** Makes a folder, and those above it that are missing. */
  void createFolder(FolderPath path);

  /** Gives the path of the folder with that role, which is made when none has it yet. */
  FolderPath createFolder(FolderRole role);

  /** Renames a folder and those below it. */
  void renameFolder(FolderPath from, FolderPath to);

  /** Deletes a folder, which has none below it, with its messages. */
  void deleteFolder(FolderPath path);

  /** Puts a message into a folder and gives its {@link HeldMessage#id}. */
  String deliver(FolderPath folder, byte[] rawMessage, Instant arrivedAt);

  /** What a folder holds now, oldest first. */
  List<HeldMessage> messages(FolderPath folder);

  /** How the server numbers a message; known once a client has looked at the folder. */
  ImapUid serverId(FolderPath folder, String id);

  /** Sets flags, such as {@code \Seen} or a keyword. */
  void flag(FolderPath folder, String id, String... flags);

  /** Clears flags. */
  void unflag(FolderPath folder, String id, String... flags);

  /** Removes a message. */
  void remove(FolderPath folder, String id);

  /** Gives all messages of a folder, at which a client has looked, new UIDs and a UIDVALIDITY. */
  void renumber(FolderPath folder);

  /** Takes the right to change a folder from sessions that begin later. */
  void makeReadOnly(FolderPath folder);

  /** Leaves sessions that begin later room for so many bytes in the account. */
  void limit(long bytes);
}
