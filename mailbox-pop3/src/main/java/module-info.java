// SPDX-License-Identifier: Apache-2.0
/** POP3 behind the mailbox API. */
module dev.mailbox.pop3 {
  requires transitive dev.mailbox;
  requires dev.mailbox.store;
  requires dev.mailbox.wire;

  exports dev.mailbox.pop3;
}
