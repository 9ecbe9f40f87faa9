// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Message;
import dev.mailbox.content.Address;
import dev.mailbox.content.Defect;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** Prints one message for a person. */
final class MessageView {
  private final PrintStream out;
  private final ZoneId zone;

  MessageView(Terminal terminal) {
    this.out = terminal.out();
    this.zone = terminal.zone();
  }

  void print(Message message) {
    printEnvelope(message);
    MessageContent content = message.content();
    String text = SafeText.block(content.text());
    for (Part part : content.attachments()) {
      String name = SafeText.line(part.fileName().orElse("(no name)"));
      String type = SafeText.line(part.contentType());
      field("Attachment", name + " (" + type + ", " + Sizes.human(part.sizeInBytes()) + ")");
    }
    for (Defect defect : content.defects()) {
      field("Defect", SafeText.line(defect.detail()));
    }
    out.println();
    out.print(text);
  }

  private void printEnvelope(Message message) {
    Envelope envelope = message.envelope();
    field("From", addresses(envelope.from()));
    field("To", addresses(envelope.to()));
    field("Cc", addresses(envelope.cc()));
    field("Subject", MessageTable.subject(envelope));
    field("Date", Moments.local(envelope.sentAt().orElse(message.receivedAt()), zone));
    field("Folder", SafeText.line(message.folder().toString()));
    field("Flags", message.flags().stream().map(Object::toString).collect(Collectors.joining(" ")));
    field("Size", Sizes.human(message.sizeInBytes()));
  }

  private static String addresses(List<Address> addresses) {
    return SafeText.line(
        addresses.stream().map(Address::toString).collect(Collectors.joining(", ")));
  }

  private void field(String name, String value) {
    if (!value.isEmpty()) {
      out.println(Columns.fit(name + ":", 12) + value);
    }
  }
}
