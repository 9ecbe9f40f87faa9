// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;

/** An open mailbox that is closed cleanly when the process is told to end. */
final class OpenMailbox implements AutoCloseable {
  private final Mailbox mailbox;
  private final Terminal terminal;
  private final Thread hook = new Thread(this::interrupted, "mailbox-shutdown");
  private volatile boolean interrupted;

  private OpenMailbox(Mailbox mailbox, Terminal terminal) {
    this.mailbox = mailbox;
    this.terminal = terminal;
  }

  static OpenMailbox open(MailboxConfig config, Terminal terminal) {
    OpenMailbox open = new OpenMailbox(openMailbox(config), terminal);
    Runtime.getRuntime().addShutdownHook(open.hook);
    return open;
  }

  private static Mailbox openMailbox(MailboxConfig config) {
    try {
      return Mailbox.open(config);
    } catch (IllegalStateException e) {
      throw CommandException.usage(
          config.scheme()
              + ":// is not spoken by this program; it knows imaps://, imap://,"
              + " pop3s:// and pop3://");
    }
  }

  private void interrupted() {
    interrupted = true;
    terminal.err().println("\nmailbox: interrupted; what is here is safe");
    mailbox.close();
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** Whether the process was told to end, so that what fails now fails for that. */
  boolean isInterrupted() {
    return interrupted;
  }

  @Override
  public void close() {
    mailbox.close();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs already, and closing twice does nothing.
    }
  }
}
