// SPDX-License-Identifier: Apache-2.0
/** Servers, faults, fixtures and contracts for tests of mail retrieval code. */
@SuppressWarnings({"module", "requires-automatic"})
module dev.mailbox.testkit {
  requires transitive dev.mailbox;

  exports dev.mailbox.testkit;
}
