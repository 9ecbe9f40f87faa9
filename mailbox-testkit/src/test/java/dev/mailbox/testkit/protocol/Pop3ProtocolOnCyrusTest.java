// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.CyrusServer;

class Pop3ProtocolOnCyrusTest extends ProtocolSuite {

  Pop3ProtocolOnCyrusTest() {
    super("pop3");
  }

  @Override
  ProtocolServer start() {
    return new TestkitServer("cyrus", CyrusServer.startOrSkip(), true);
  }
}
