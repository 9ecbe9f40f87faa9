// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

/** A habit of some provider that clients have to live with. */
public enum Quirk {
  /** LIST and LSUB call the inbox {@code Inbox}. */
  INBOX_IN_MIXED_CASE,
  /** ENABLE enables, and says that it did not. */
  ENABLE_TELLS_NOTHING,
  /** What is no command is refused with NO. */
  NO_FOR_BAD,
  /** SELECT does not tell UIDNEXT. */
  NO_UIDNEXT,
  /** RFC822.SIZE is not the size of what is sent. */
  SIZES_LIE,
  /** Special uses are in lower case, such as {@code \sent}. */
  LOWER_CASE_USES
}
