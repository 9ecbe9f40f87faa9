// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/** How messages are written out. */
public enum ExportFormat {
  /** One file for each message with exactly its bytes, in a directory for each folder. */
  EML,
  /** One mbox file for each folder, with {@code From } lines quoted the mboxrd way (RFC 4155). */
  MBOX,
  /** A Maildir for each folder, with flags in the file names, and exactly the messages' bytes. */
  MAILDIR
}
