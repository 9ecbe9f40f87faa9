// SPDX-License-Identifier: Apache-2.0
/** What an application sees of a mailbox, and the ports that providers implement. */
module dev.mailbox {
  requires static transitive org.jspecify;
  requires transitive jakarta.mail;

  exports dev.mailbox;
  exports dev.mailbox.change;
  exports dev.mailbox.connect;
  exports dev.mailbox.content;
  exports dev.mailbox.delivery;
  exports dev.mailbox.search;
  exports dev.mailbox.spi;
  exports dev.mailbox.sync;

  uses dev.mailbox.spi.MailboxProvider;
}
