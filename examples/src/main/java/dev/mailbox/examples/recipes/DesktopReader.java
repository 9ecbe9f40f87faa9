// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.FolderCounts;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import java.util.List;

/** A list and a reading pane: the list is there at once, actions never wait for the network. */
public record DesktopReader(Mailbox mailbox, Window window) implements AutoCloseable {
  /** What is seen; called from several threads. */
  public interface Window {
    void showList(List<Message> newest, FolderCounts counts);

    void showSpinner();

    void showText(String text);

    void showPending(MessageId id);
  }

  /** Shows what is here, and keeps it in step from now on. */
  public static DesktopReader start(MailboxConfig.Builder config, Window window) {
    Mailbox mailbox = Mailbox.open(config.actions(ActionMode.QUEUE_FIRST).build());
    Runnable show = () -> window.showList(mailbox.inbox().newest(50), mailbox.inbox().counts());
    show.run();
    mailbox.watch(change -> show.run());
    return new DesktopReader(mailbox, window);
  }

  /** Opens a message; on a worker thread, since its body may have to be downloaded. */
  public void select(MessageId id) {
    Message message = mailbox.find(id).orElseThrow();
    if (!message.isDownloaded()) {
      window.showSpinner();
    }
    window.showText(message.content().text());
    if (message.mark(Flag.SEEN) == Outcome.QUEUED) {
      window.showPending(id);
    }
  }

  /** Moves a message to the trash. */
  public void discard(MessageId id) {
    mailbox.find(id).ifPresent(Message::trash);
  }

  @Override
  public void close() {
    mailbox.close();
  }
}
