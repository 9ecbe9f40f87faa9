// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.MailServer;

/** What a test of a recipe is run with: nothing but the URL differs. */
enum Protocol {
  POP3,
  IMAP;

  /** In clear text. */
  String url(MailServer server) {
    return (this == POP3 ? server.pop3Url() : server.imapUrl()) + "?tls=none";
  }

  MailboxConfig.Builder at(MailServer server, String user) {
    return MailboxConfig.at(url(server)).login(user, "secret");
  }

  /** How many of so many messages the server still has once they have been downloaded. */
  int left(int messages) {
    return this == POP3 ? 0 : messages;
  }
}
