// SPDX-License-Identifier: Apache-2.0
/** POP3 behind the mailbox API. */
@SuppressWarnings("module") // the protocol is called POP3
module dev.mailbox.pop3 {
  requires transitive dev.mailbox;
  requires dev.mailbox.store;
  requires dev.mailbox.wire;

  exports dev.mailbox.pop3;

  provides dev.mailbox.spi.MailboxProvider with
      dev.mailbox.pop3.Pop3MailboxProvider;
}
