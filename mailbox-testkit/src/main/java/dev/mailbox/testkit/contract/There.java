// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.FolderPath;
import dev.mailbox.testkit.HeldMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Another client's view of the account of a test; messages are found by their subjects. */
final class There {
  /** A folder that others may own. */
  static final FolderPath SHARED = FolderPath.of("Shared");

  /** Letters of several scripts, and the sign by which names are encoded. */
  static final FolderPath OFFICE = FolderPath.of("Arbeit & Büro", "日本語");

  private final ServerMailbox mailbox;

  private There(ServerMailbox mailbox) {
    this.mailbox = mailbox;
  }

  static There of(ResidentSubject subject, Account account) {
    return new There(subject.server().mailbox(account.user()));
  }

  ServerMailbox mailbox() {
    return mailbox;
  }

  /** Subjects of what a folder holds, oldest first. */
  List<String> subjects(FolderPath folder) {
    return mailbox.messages(folder).stream().map(There::subject).toList();
  }

  HeldMessage message(FolderPath folder, String subject) {
    return mailbox.messages(folder).stream()
        .filter(message -> subject(message).equals(subject))
        .findFirst()
        .orElseThrow(() -> new AssertionError(folder + " there has no message " + subject));
  }

  void deliver(FolderPath folder, Mail mail) {
    String unused =
        mailbox.deliver(folder, mail.bytes(Account.FIRST_ARRIVAL), Account.FIRST_ARRIVAL);
  }

  void flag(FolderPath folder, String subject, String... flags) {
    mailbox.flag(folder, message(folder, subject).id(), flags);
  }

  void unflag(FolderPath folder, String subject, String... flags) {
    mailbox.unflag(folder, message(folder, subject).id(), flags);
  }

  void remove(FolderPath folder, String subject) {
    mailbox.remove(folder, message(folder, subject).id());
  }

  private static String subject(HeldMessage message) {
    String raw = new String(message.raw(), StandardCharsets.UTF_8);
    int start = raw.indexOf("Subject: ") + 9;
    return start < 9 ? "" : raw.substring(start, raw.indexOf("\n", start)).strip();
  }
}
