// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

/** What a mailbox in memory asks of its server, or where mail lives here, of its store. */
public enum Operation {
  /** {@code check()}. */
  CHECK,
  /** A synchronization, once when it begins; its folder is the one that was asked for. */
  SYNC,
  /** Looking at one folder during a synchronization. */
  LIST,
  /** Getting a body, during a synchronization or when it is read. Headers come with the list. */
  DOWNLOAD,
  /** A search of which the server is asked. */
  SEARCH,
  /** {@code mark} and {@code unmark}. */
  FLAG,
  /** {@code moveTo} and {@code trash}; both folders count. */
  MOVE,
  /** {@code copyTo}; both folders count. */
  COPY,
  /**
   * {@code delete} of messages. In a synchronization, what the server is asked to lose: over POP3
   * each message, over IMAP each hundred.
   */
  DELETE,
  /**
   * The end of a POP3 synchronization that deletes, which its QUIT is: only then the server loses
   * all of it, or when this fails, nothing.
   */
  COMMIT,
  /** {@code append}. */
  APPEND,
  /** {@code createFolder}. */
  CREATE_FOLDER,
  /** {@code rename} of a folder; both names count. */
  RENAME_FOLDER,
  /** {@code delete} of a folder. */
  DELETE_FOLDER
}
