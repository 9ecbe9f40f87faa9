// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

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

  /** Builds the mail and puts it in. */
  default String deliver(MailBuilder mail) {
    return deliver(mail.build());
  }

  /** What the server holds now, in the order of delivery. */
  List<HeldMessage> messages();

  /** How many messages the server holds now. */
  int count();

  /** Removes a message as another client would; nothing happens when it is not there. */
  void remove(String id);
}
