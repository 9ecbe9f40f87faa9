// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.DovecotServer;

class ImapProtocolOnDovecotTest extends ProtocolSuite {

  ImapProtocolOnDovecotTest() {
    super("imap");
  }

  @Override
  ProtocolServer start() {
    return new TestkitServer("dovecot", DovecotServer.startOrSkip());
  }
}
