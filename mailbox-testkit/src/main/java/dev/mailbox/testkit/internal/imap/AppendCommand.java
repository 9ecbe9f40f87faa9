// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Content;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * APPEND (RFC 3501, section 6.3.11; several messages by RFC 3502; APPENDUID of RFC 4315; limits of
 * RFC 7889; UTF8 of RFC 6855).
 */
final class AppendCommand {
  private AppendCommand() {}

  /** A message to be put in, all or none of them. */
  private record Entry(Content content, List<String> flags) {}

  static String append(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String name = arguments.folder();
    List<Entry> entries = new ArrayList<>();
    do {
      entries.add(entry(session, arguments));
    } while (arguments.hasNext());
    if (entries.size() > 1 && !session.server().offers("MULTIAPPEND")) {
      throw Refusal.violation("several messages without MULTIAPPEND");
    }
    StoredFolder folder = target(session, name);
    long size = entries.stream().mapToLong(e -> e.content().size()).sum();
    if (!session.account().hasRoomFor(size)) {
      throw Refusal.no(ImapPhrase.OVER_QUOTA);
    }
    List<Long> uids = new ArrayList<>();
    for (Entry each : entries) {
      uids.add(session.account().add(folder, each.content(), each.flags()).uid());
    }
    return session.server().offers("UIDPLUS")
        ? "[APPENDUID " + folder.uidValidity() + " " + SequenceSet.format(uids) + "] appended"
        : "appended";
  }

  private static Entry entry(SessionState session, Arguments arguments) throws Refusal {
    Account account = session.account();
    List<String> flags = arguments.nextIsList() ? arguments.list().flags() : List.of();
    Instant date =
        arguments.peek() instanceof ImapValue.Quoted
            ? ImapDates.parse(arguments.strictString())
            : account.now().truncatedTo(ChronoUnit.SECONDS);
    if (session.server().offers("UTF8=ACCEPT") && arguments.nextIsAtom("UTF8")) {
      String unused = arguments.keyword();
      Arguments wrapped = arguments.list();
      String text = wrapped.strictString();
      wrapped.end();
      return new Entry(content(session, text, date), flags);
    }
    if (!(arguments.take() instanceof ImapValue.Literal message)) {
      throw Refusal.violation("a message is a literal");
    }
    return new Entry(content(session, message.text(), date), flags);
  }

  private static Content content(SessionState session, String text, Instant date) throws Refusal {
    if (text.isEmpty()) {
      throw Refusal.no("a message of no bytes is none");
    }
    if (text.length() > session.server().appendLimit()) {
      throw Refusal.no(ImapPhrase.TOO_LARGE);
    }
    return session.account().content(MailSource.of(text.getBytes(ISO_8859_1)), date);
  }

  /** A folder into which something is to be put. */
  static StoredFolder target(SessionState session, String name) throws Refusal {
    StoredFolder folder =
        session
            .account()
            .find(name)
            .filter(StoredFolder::isSelectable)
            .orElseThrow(() -> FolderNames.refusal(ImapPhrase.NO_TARGET, name));
    if (folder.isReadOnly()) {
      throw Refusal.no("[NOPERM] the folder can only be read");
    }
    return folder;
  }
}
