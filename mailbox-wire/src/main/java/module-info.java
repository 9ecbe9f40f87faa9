// SPDX-License-Identifier: Apache-2.0
/** Bytes to and from a mail server. */
module dev.mailbox.wire {
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.mailbox.wire;
}
