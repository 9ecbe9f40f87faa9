// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.DovecotServer;

class Pop3ProtocolOnDovecotTest extends ProtocolSuite {

  Pop3ProtocolOnDovecotTest() {
    super("pop3");
  }

  @Override
  ProtocolServer start() {
    return new TestkitServer("dovecot", DovecotServer.startOrSkip());
  }
}
