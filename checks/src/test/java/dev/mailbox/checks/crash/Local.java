// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.Folder;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a store holds, as a program sees it that opens it without a server.
 *
 * @param messages of each message folder, flags and bytes, sorted
 * @param raws the bytes of each message that is here, sorted
 * @param arrivals how many messages the feed told as new
 */
record Local(List<String> messages, List<String> raws, int arrivals) {
  /** Nothing, as before there is a store. */
  static final Local EMPTY = new Local(List.of(), List.of(), 0);

  private static final int MOST = 100_000;

  static Local of(Path store) {
    try (Mailbox mailbox = Mailbox.open(MailboxConfig.offline(store).build())) {
      List<String> messages = new ArrayList<>();
      List<String> raws = new ArrayList<>();
      for (Folder folder : mailbox.folders()) {
        for (Message message : folder.newest(MOST)) {
          String raw = message.isDownloaded() ? raw(message) : "not downloaded";
          raws.add(raw);
          messages.add(folder.path() + " " + message.flags() + " " + raw);
        }
      }
      Collections.sort(messages);
      Collections.sort(raws);
      return new Local(messages, raws, arrivals(mailbox));
    } catch (StoreException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return EMPTY; // It came to an end before there was a store.
      }
      throw e;
    }
  }

  private static String raw(Message message) {
    try (InputStream raw = message.openRaw()) {
      return new String(raw.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int arrivals(Mailbox mailbox) {
    return (int)
        mailbox.changes(new FeedPosition(0), MOST).stream()
            .filter(Change.Arrived.class::isInstance)
            .count();
  }
}
