// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.internal.mime.MimePart;
import dev.mailbox.testkit.internal.mime.Preview;
import dev.mailbox.testkit.internal.store.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One thing to be told of a message. */
final class FetchItem {
  private static final int LIE = 37;

  private final String name;
  private final Teller teller;
  private final boolean marksSeen;

  private interface Teller {
    void tell(FolderView.Seen seen, ImapReply reply) throws Refusal;
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
      case "FULL" -> List.of("FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY");
      default -> List.of(word);
    };
  }

  static FetchItem parse(String word, SessionState session) throws Refusal {
    String name = word.toUpperCase(Locale.ROOT);
    return switch (name) {
      case "UID" -> item(name, (m, r) -> r.text("" + m.message().uid()));
      case "FLAGS" -> item(name, (m, r) -> r.text(m.tellFlags()));
      case "INTERNALDATE" ->
          item(name, (m, r) -> r.string(ImapDates.print(m.message().internalDate())));
      case "RFC822.SIZE" -> {
        int off = session.server().has(Quirk.SIZES_LIE) ? LIE : 0;
        yield item(name, (m, r) -> r.text("" + (m.message().content().size() + off)));
      }
      case "ENVELOPE" ->
          item(name, (m, r) -> EnvelopeText.write(MailHeader.of(m.message().source()), r));
      case "RFC822" -> section(name, BodySection.parse("BODY[]"), true);
      case "RFC822.HEADER" -> section(name, BodySection.parse("BODY[HEADER]"), false);
      case "RFC822.TEXT" -> section(name, BodySection.parse("BODY[TEXT]"), true);
      case "BODYSTRUCTURE" -> structure(name, true);
      case "BODY" -> structure(name, false);
      default -> extension(name, word, session);
    };
  }

  private static FetchItem extension(String name, String word, SessionState session)
      throws Refusal {
    ImapEngine server = session.server();
    if (name.equals("MODSEQ") && server.offers("CONDSTORE")) {
      return item(name, (m, r) -> r.text("(" + m.message().modSeq() + ")"));
    }
    if (name.equals("EMAILID") && server.offers("OBJECTID")) {
      return item(name, (m, r) -> r.text("(M" + m.message().content().id() + ")"));
    }
    if (name.equals("THREADID") && server.offers("OBJECTID")) {
      return item(
          name,
          (m, r) -> r.text("(T" + session.account().threads().of(m.message().content()) + ")"));
    }
    if (name.equals("PREVIEW") && server.offers("PREVIEW")) {
      return item(name, (m, r) -> r.string(utf8(Preview.of(m.message().source().bytes()))));
    }
    if (name.equals("SAVEDATE") && server.offers("SAVEDATE")) {
      return item(name, (m, r) -> r.string(ImapDates.print(m.message().savedAt())));
    }
    if (name.startsWith("X-GM-") && server.offers("X-GM-EXT-1")) {
      return gmail(name, session);
    }
    BodySection section = BodySection.parse(word);
    if (section.isBinary() && !server.offers("BINARY")) {
      throw Refusal.violation("nothing that FETCH knows: " + word);
    }
    return section(section.label(), section, !section.isPeek());
  }

  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static FetchItem gmail(String name, SessionState session) throws Refusal {
    return switch (name) {
      case "X-GM-MSGID" -> item(name, (m, r) -> r.text("" + m.message().content().id()));
      case "X-GM-THRID" ->
          item(name, (m, r) -> r.text("" + session.account().threads().of(m.message().content())));
      case "X-GM-LABELS" -> {
        var labels = new GmailLabels(session);
        yield item(name, (m, r) -> tellLabels(labels.of(m.message()), session, r));
      }
      default -> throw Refusal.violation("nothing that FETCH knows: " + name);
    };
  }

  private static void tellLabels(Set<String> labels, SessionState session, ImapReply reply) {
    reply.text("(");
    String space = "";
    for (String label : labels) {
      reply.text(space).text(FolderNames.quoted(label, session));
      space = " ";
    }
    reply.text(")");
  }

  boolean isNamed(String other) {
    return name.equals(other);
  }

  boolean marksSeen() {
    return marksSeen;
  }

  void writeTo(FolderView.Seen seen, ImapReply reply) throws Refusal {
    reply.text(name + " ");
    teller.tell(seen, reply);
  }

  private static FetchItem item(String name, Teller teller) {
    return new FetchItem(name, teller, false);
  }

  private static FetchItem structure(String name, boolean extended) {
    return item(
        name,
        (m, reply) ->
            StructureText.write(MimePart.parse(m.message().source().bytes()), extended, reply));
  }

  private static FetchItem section(String name, BodySection section, boolean marksSeen) {
    return new FetchItem(
        name, (m, reply) -> section.writeTo(m.message().source(), reply), marksSeen);
  }
}
