// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.tls.ServerCertificate;
import dev.mailbox.testkit.tls.TestCertificates;

/**
 * A server in memory that offers what nearly all servers do, and no more, so that a test says what
 * more or less its own has. There is a user {@code alice} with {@code secret}.
 */
final class CommonServer {
  private CommonServer() {}

  static FakeMailServer start() {
    return start(TestCertificates.shared().good());
  }

  static FakeMailServer start(ServerCertificate certificate) {
    FakeMailServer server = FakeMailServer.builder().certificate(certificate).start();
    FakePop3 unused =
        server
            .pop3()
            .capabilities("TOP", "UIDL", "USER", "PIPELINING", "RESP-CODES", "AUTH-RESP-CODE")
            .mechanisms("PLAIN", "LOGIN")
            .without("APOP");
    FakeAccount unusedUser = alice(server);
    return server;
  }

  static FakeAccount alice(FakeMailServer server) {
    return server.user("alice", "secret");
  }
}
