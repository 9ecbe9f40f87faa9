// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MessageId;
import dev.mailbox.testkit.mail.MailBuilder;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** Makes stores without a server. */
final class StoreFixture {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private StoreFixture() {}

  /**
   * A store with these mails in its inbox, each an hour after the one before; returns their ids.
   */
  static String[] fill(Path store, MailBuilder... mails) {
    byte[][] raw = new byte[mails.length][];
    for (int i = 0; i < mails.length; i++) {
      raw[i] = mails[i].build();
    }
    return fill(store, raw);
  }

  static String[] fill(Path store, byte[]... mails) {
    String[] ids = new String[mails.length];
    // A server that nobody asks, and that so leaves the store to whoever comes first.
    MailboxConfig config =
        MailboxConfig.at("pop3://localhost:110?tls=none")
            .login("nobody", "none")
            .keepIn(store)
            .build();
    try (Mailbox mailbox = Mailbox.open(config)) {
      for (int i = 0; i < mails.length; i++) {
        ids[i] = append(mailbox, mails[i], NOON.plusSeconds(3600L * i));
      }
    }
    return ids;
  }

  private static String append(Mailbox mailbox, byte[] raw, Instant at) {
    var appended = mailbox.inbox().append(new ByteArrayInputStream(raw), at, Set.of());
    return appended.id().toString();
  }

  /** Marks a message as read and puts it into another folder. */
  static void fileAway(Path store, String id, String folder) {
    try (Mailbox mailbox = Mailbox.open(MailboxConfig.offline(store).build())) {
      FolderPath path = mailbox.createFolder(FolderPath.parse(folder)).path();
      var message = mailbox.find(MessageId.parse(id)).orElseThrow();
      message.mark(Flag.SEEN);
      message.moveTo(path);
    }
  }
}
