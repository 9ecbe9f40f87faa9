// SPDX-License-Identifier: Apache-2.0
/** IMAP behind the mailbox API. */
module dev.mailbox.imap {
  requires transitive dev.mailbox;
  requires dev.mailbox.wire;
  requires static org.jspecify;
}
