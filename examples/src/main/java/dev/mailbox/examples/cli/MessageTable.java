// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Flag;
import dev.mailbox.Message;
import dev.mailbox.content.Address;
import dev.mailbox.content.Envelope;

/** Prints messages, one a line. */
final class MessageTable {
  private static final int FROM = 22;

  /** Looking for attachments reads the message; larger ones are not worth it for a mark. */
  private static final long MOST_BYTES_READ = 4 << 20;

  private final Terminal terminal;
  private final int columns;

  MessageTable(Terminal terminal) {
    this.terminal = terminal;
    this.columns = terminal.columns();
  }

  void print(Iterable<Message> messages) {
    for (Message message : messages) {
      print(message.id().toString(), message);
    }
  }

  /** The same where nothing is kept, so that our own ids mean nothing to the next command. */
  void printByServerId(Iterable<Message> messages) {
    for (Message message : messages) {
      String id = message.serverId().map(Object::toString).orElse("?");
      print(SafeText.line(id), message);
    }
  }

  private void print(String id, Message message) {
    terminal.out().println(Columns.cut(line(id, message), columns));
  }

  private String line(String id, Message message) {
    return id
        + " "
        + marks(message)
        + " "
        + Moments.local(message.receivedAt(), terminal.zone())
        + " "
        + String.format("%7s", Sizes.human(message.sizeInBytes()))
        + "  "
        + Columns.fit(sender(message.envelope()), FROM)
        + "  "
        + subject(message.envelope());
  }

  private static String marks(Message message) {
    return (message.has(Flag.SEEN) ? " " : "*")
        + (message.has(Flag.FLAGGED) ? "!" : " ")
        + (hasAttachments(message) ? "@" : " ");
  }

  private static boolean hasAttachments(Message message) {
    return message.isDownloaded()
        && message.sizeInBytes() <= MOST_BYTES_READ
        && !message.content().attachments().isEmpty();
  }

  /** The first author's name, or the address. */
  static String sender(Envelope envelope) {
    for (Address author : envelope.from()) {
      return SafeText.line(author.name().isEmpty() ? author.address() : author.name());
    }
    return "(nobody)";
  }

  static String subject(Envelope envelope) {
    String subject = SafeText.line(envelope.subject());
    return subject.isEmpty() ? "(no subject)" : subject;
  }
}
