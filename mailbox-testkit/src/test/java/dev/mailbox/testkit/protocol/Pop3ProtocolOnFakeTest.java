// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.FakeMailServer;

class Pop3ProtocolOnFakeTest extends ProtocolSuite {

  Pop3ProtocolOnFakeTest() {
    super("pop3");
  }

  @Override
  ProtocolServer start() {
    return new TestkitServer("fake", FakeMailServer.start());
  }
}
