// SPDX-License-Identifier: Apache-2.0
/** The local copy of a mailbox. */
module dev.mailbox.store {
  requires transitive dev.mailbox;
  requires java.sql;
  requires org.jsoup;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports dev.mailbox.store;

  provides dev.mailbox.spi.MailboxProvider with
      dev.mailbox.store.StoreMailboxProvider;
}
