// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Profile;
import dev.mailbox.testkit.tls.ServerCertificate;
import dev.mailbox.testkit.tls.TestCertificates;

/**
 * A server in memory that offers the extensions that nearly all servers have, and no others, so
 * that a test says what more or less its own has. There is a user {@code alice} with {@code
 * secret}.
 */
final class CommonServer {
  private CommonServer() {}

  static FakeMailServer start() {
    return start(TestCertificates.shared().good());
  }

  static FakeMailServer start(ServerCertificate certificate) {
    FakeMailServer server =
        FakeMailServer.builder().profile(Profile.MINIMAL).certificate(certificate).start();
    FakeImap unused =
        server
            .imap()
            .capabilities(
                "IMAP4rev1",
                "LITERAL+",
                "SASL-IR",
                "ID",
                "ENABLE",
                "IDLE",
                "NAMESPACE",
                "CHILDREN",
                "SPECIAL-USE",
                "UIDPLUS",
                "MOVE",
                "UNSELECT")
            .mechanisms("PLAIN", "LOGIN");
    FakeAccount unusedUser = alice(server);
    return server;
  }

  static FakeAccount alice(FakeMailServer server) {
    return server.user("alice", "secret");
  }
}
