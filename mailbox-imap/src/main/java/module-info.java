// SPDX-License-Identifier: Apache-2.0
/** IMAP behind the mailbox API. */
module dev.mailbox.imap {
  requires transitive dev.mailbox;
  requires dev.mailbox.store;
  requires dev.mailbox.wire;
  requires org.slf4j;

  exports dev.mailbox.imap;

  provides dev.mailbox.spi.MailboxProvider with
      dev.mailbox.imap.ImapMailboxProvider;
}
