// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.mail.MailBuilder;
import java.time.Instant;
import java.util.List;

/** A folder of a {@link ServerAccount}, looked at past the protocols. Thread-safe. */
public interface ServerFolder {

  /** Its name on the server, such as {@code INBOX}. */
  String name();

  /**
   * Puts in a mail as it is, unread.
   *
   * @return its {@link HeldMessage#id}
   */
  String deliver(byte[] raw);

  /**
   * Puts in a mail as it is, as one that arrived then.
   *
   * @param arrivedAt what IMAP calls INTERNALDATE, in whole seconds
   * @param flags IMAP flags and keywords, such as {@code \Seen}
   * @return its {@link HeldMessage#id}
   */
  String deliver(byte[] raw, Instant arrivedAt, String... flags);

  /** Builds the mail and puts it in. */
  default String deliver(MailBuilder mail) {
    return deliver(mail.build());
  }

  /** What the server holds now, in the order of delivery. */
  List<HeldMessage> messages();

  /** How many messages the server holds now. */
  int count();

  /** Sets flags or keywords as another client would. */
  void flag(String id, String... flags);

  /** Clears flags or keywords as another client would. */
  void unflag(String id, String... flags);

  /** Removes a message as another client would; nothing happens when it is not there. */
  void remove(String id);
}
