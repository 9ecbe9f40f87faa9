// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

/** A user of a {@link MailServer}. Thread-safe. */
public interface ServerAccount {

  /** The name to log in with. */
  String name();

  /** The password to log in with. */
  String password();

  /** The folder that POP3 serves. */
  ServerFolder inbox();

  /** A folder, made when it is not there. ASCII names without a hierarchy. */
  ServerFolder folder(String name);
}
