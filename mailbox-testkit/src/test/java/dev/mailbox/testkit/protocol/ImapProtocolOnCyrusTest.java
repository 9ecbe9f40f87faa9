// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.CyrusServer;

class ImapProtocolOnCyrusTest extends ProtocolSuite {

  ImapProtocolOnCyrusTest() {
    super("imap");
  }

  @Override
  ProtocolServer start() {
    return new TestkitServer("cyrus", CyrusServer.startOrSkip(), true);
  }
}
