// SPDX-License-Identifier: Apache-2.0
/** Servers, faults, fixtures and contracts for tests of mail retrieval code. */
@SuppressWarnings({"module", "requires-automatic"})
module dev.mailbox.testkit {
  requires transitive dev.mailbox;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires static greenmail;
  requires static transitive org.assertj.core;
  requires static transitive org.junit.jupiter.api;

  exports dev.mailbox.testkit;
  exports dev.mailbox.testkit.assertj;
  exports dev.mailbox.testkit.contract;
  exports dev.mailbox.testkit.fault;
  exports dev.mailbox.testkit.imap;
  exports dev.mailbox.testkit.junit;
  exports dev.mailbox.testkit.mail;
  exports dev.mailbox.testkit.proxy;
  exports dev.mailbox.testkit.script;
  exports dev.mailbox.testkit.tls;
}
