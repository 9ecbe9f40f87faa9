// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

/** A habit of some provider that clients have to live with. */
public enum Quirk {
  /** LIST and LSUB call the inbox {@code Inbox}. */
  INBOX_IN_MIXED_CASE,
  /** The inbox has no folders below it, and says so. */
  INBOX_NOINFERIORS,
  /** ENABLE enables, and says that it did not. */
  ENABLE_TELLS_NOTHING,
  /** What is no command is refused with NO. */
  NO_FOR_BAD,
  /** After a login the capabilities come in a response of their own. */
  CAPABILITIES_BEFORE_OK,
  /** The mechanisms are listed after the login too. */
  MECHANISMS_STAY,
  /** LOGINDISABLED is listed after the login, for there is none to come. */
  LOGIN_DISABLED_BY_LOGIN,
  /** SELECT does not tell UIDNEXT. */
  NO_UIDNEXT,
  /** RFC822.SIZE is not the size of what is sent. */
  SIZES_LIE,
  /** Special uses are in lower case, such as {@code \sent}. */
  LOWER_CASE_USES
}
