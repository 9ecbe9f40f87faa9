// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

/**
 * A server that offers what nearly all servers do, and no more, so that tests of exact replies are
 * not told of what only few have. There is a user {@code alice} with {@code secret}.
 */
final class CommonServer {
  private CommonServer() {}

  static FakeMailServer start() {
    FakeMailServer server = FakeMailServer.start();
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
    FakePop3 unusedPop3 =
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
