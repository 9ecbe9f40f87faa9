// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderCounts;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.change.Watch;
import java.util.List;

/** A list and a reading pane: the list is there at once, actions never wait for the network. */
public final class DesktopReader implements AutoCloseable {
  /** What the window shows; called from several threads. */
  public interface Window {
    /** The newest messages, and how many there are. */
    void showList(List<Message> newest, FolderCounts counts);

    /** A body is on its way. */
    void showSpinner();

    /** The message that was selected. */
    void showText(String text);

    /** The server does not know yet that it was read. */
    void showPending(MessageId id);
  }

  private final Window window;
  private final Mailbox mailbox;
  private final Watch watch;

  /** Shows what is here, and keeps it in step from now on. */
  public DesktopReader(MailboxConfig.Builder config, Window window) {
    this.window = window;
    this.mailbox = Mailbox.open(config.actions(ActionMode.QUEUE_FIRST).build());
    showList();
    this.watch = mailbox.watch(change -> showList());
  }

  private void showList() {
    Folder inbox = mailbox.inbox();
    window.showList(inbox.newest(50), inbox.counts());
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
    watch.close();
    mailbox.close();
  }
}
