// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.MailServer;

/** What a test is run with: nothing but the URL differs. */
public enum Protocol {
  POP3,
  IMAP;

  /** With TLS from the start. */
  public String secureUrl(MailServer server) {
    return this == POP3 ? server.pop3sUrl() : server.imapsUrl();
  }

  /** In clear text. */
  public String url(MailServer server) {
    return (this == POP3 ? server.pop3Url() : server.imapUrl()) + "?tls=none";
  }

  /** For that user, whose password is {@code secret}. */
  public MailboxConfig.Builder at(MailServer server, String user) {
    return MailboxConfig.at(url(server)).login(user, "secret");
  }

  /** How many of so many messages the server still has once they have been downloaded. */
  public int left(int messages) {
    return this == POP3 ? 0 : messages;
  }
}
