// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.tls.TestCertificates;

/**
 * A whole mail server on free loopback ports that speaks POP3 and IMAP, each in clear text and with
 * implicit TLS. Fake or real, tests set it up and look into it in the same way, past its protocols.
 * Thread-safe.
 */
public interface MailServer extends AutoCloseable {

  /**
   * Clear text: {@code pop3://localhost:port}. A mailbox takes TLS for required: a test that does
   * without appends {@code ?tls=none}.
   */
  String pop3Url();

  /** Implicit TLS: {@code pop3s://localhost:port}. */
  String pop3sUrl();

  /** Clear text: {@code imap://localhost:port}; as for {@link #pop3Url}. */
  String imapUrl();

  /** Implicit TLS: {@code imaps://localhost:port}. */
  String imapsUrl();

  /** Who vouches for the server's certificate. */
  TestCertificates certificates();

  /** The account of this user, made when it is not there; a new password replaces the old. */
  ServerAccount user(String name, String password);

  /** Ends all sessions and the server itself. Idempotent. */
  @Override
  void close();
}
