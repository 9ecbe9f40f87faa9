// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/** What a folder is for (RFC 6154; {@link #INBOX} from RFC 9051 section 5.1). */
public enum FolderRole {
  /** Where new mail arrives. Every mailbox has exactly one. */
  INBOX,
  /** A virtual folder of all messages. */
  ALL,
  /** Mail kept out of the way. */
  ARCHIVE,
  /** Mail being written. */
  DRAFTS,
  /** A virtual folder of flagged messages. */
  FLAGGED,
  /** Mail taken for junk. */
  JUNK,
  /** Copies of mail that was sent. */
  SENT,
  /** Deleted mail, until it is removed for good. */
  TRASH
}
