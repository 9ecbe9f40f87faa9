// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import java.time.Instant;
import java.util.List;

/**
 * The server side of a contract: gives accounts, takes mail in, and shows what it holds. Used by
 * several tests, possibly at the same time; user names do not repeat.
 */
public interface ContractServer extends AutoCloseable {
  /** What test reports call it, such as {@code Dovecot over POP3}. */
  String displayName();

  /**
   * A new configuration for an account, with URL, credentials and trust set. The account is made,
   * with an empty inbox, if it does not exist yet.
   *
   * @param user 1 to 30 lower-case letters and digits
   */
  MailboxConfig.Builder config(String user);

  /**
   * Puts a message into the account's inbox, behind those that are there. It adds no header fields,
   * and can be retrieved as soon as this returns.
   *
   * @param user the account
   * @param rawMessage the bytes, with CRLF line ends
   */
  void deliver(String user, byte[] rawMessage);

  /**
   * Does the same, at a time in the past. Where arrival is read from the Received field, which says
   * the same time, nothing else is needed; a server that records arrival itself overrides this.
   *
   * @param user the account
   * @param rawMessage the bytes, with CRLF line ends
   * @param arrivedAt when it is to count as having arrived, in whole seconds
   */
  default void deliver(String user, byte[] rawMessage, Instant arrivedAt) {
    deliver(user, rawMessage);
  }

  /** The bytes of each message in the account's inbox as it would be sent, oldest first. */
  List<byte[]> held(String user);

  /** Where the folders of its mailboxes live: with POP3 here, with IMAP on the server. */
  Residence residence();

  /** Stops the server and frees what it holds. Closing twice does nothing. */
  @Override
  void close();
}
