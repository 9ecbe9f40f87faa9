// SPDX-License-Identifier: Apache-2.0
/** The local copy of a mailbox. */
@SuppressWarnings({"module", "requires-automatic"})
module dev.mailbox.store {
  requires transitive dev.mailbox;
  requires org.jsoup;
  requires org.slf4j;

  exports dev.mailbox.store;
}
