// SPDX-License-Identifier: Apache-2.0
/** What an application sees of a mailbox, and the ports that providers implement. */
module dev.mailbox {
  requires static transitive org.jspecify;
  requires transitive jakarta.mail;

  exports dev.mailbox;
}
