// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.List;
import java.util.Locale;

/** One thing to be told of a message. */
final class FetchItem {
  private final String name;
  private final Teller teller;
  private final boolean marksSeen;

  private interface Teller {
    void tell(FolderView.Seen seen, ImapReply reply);
  }

  private FetchItem(String name, Teller teller, boolean marksSeen) {
    this.name = name;
    this.teller = teller;
    this.marksSeen = marksSeen;
  }

  static List<String> macro(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "FAST" -> List.of("FLAGS", "INTERNALDATE", "RFC822.SIZE");
      case "ALL" -> List.of("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE");
      default -> List.of(word);
    };
  }

  static FetchItem parse(String word) throws Refusal {
    String name = word.toUpperCase(Locale.ROOT);
    return switch (name) {
      case "UID" -> item(name, (m, r) -> r.text("" + m.message().uid()));
      case "FLAGS" -> item(name, (m, r) -> r.text(m.tellFlags()));
      case "INTERNALDATE" ->
          item(name, (m, r) -> r.string(ImapDates.print(m.message().internalDate())));
      case "RFC822.SIZE" -> item(name, (m, r) -> r.text("" + m.message().source().sizeInBytes()));
      case "ENVELOPE" -> item(name, (m, r) -> EnvelopeText.of(m.message().source()).writeTo(r));
      case "RFC822" -> section(name, BodySection.parse("BODY[]"), true);
      case "RFC822.HEADER" -> section(name, BodySection.parse("BODY[HEADER]"), false);
      case "RFC822.TEXT" -> section(name, BodySection.parse("BODY[TEXT]"), true);
      case "BODYSTRUCTURE", "BODY", "FULL" -> throw Refusal.no("[CANNOT] structure is not known");
      default -> {
        BodySection section = BodySection.parse(word);
        yield section(section.label(), section, !section.isPeek());
      }
    };
  }

  boolean isNamed(String other) {
    return name.equals(other);
  }

  boolean marksSeen() {
    return marksSeen;
  }

  void writeTo(FolderView.Seen seen, ImapReply reply) {
    reply.text(name + " ");
    teller.tell(seen, reply);
  }

  private static FetchItem item(String name, Teller teller) {
    return new FetchItem(name, teller, false);
  }

  private static FetchItem section(String name, BodySection section, boolean marksSeen) {
    return new FetchItem(
        name, (m, reply) -> section.writeTo(m.message().source(), reply), marksSeen);
  }
}
