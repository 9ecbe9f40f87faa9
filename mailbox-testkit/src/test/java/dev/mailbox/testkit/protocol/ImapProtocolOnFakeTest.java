// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.FakeMailServer;

class ImapProtocolOnFakeTest extends ProtocolSuite {

  ImapProtocolOnFakeTest() {
    super("imap");
  }

  @Override
  ProtocolServer start() {
    return new TestkitServer("fake", FakeMailServer.start());
  }
}
