// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import java.util.List;

/** APPEND (RFC 3501, section 6.3.11; APPENDUID of RFC 4315). */
final class AppendCommand {
  private AppendCommand() {}

  static String append(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String name = arguments.folder();
    List<String> flags = arguments.nextIsList() ? arguments.list().flags() : List.of();
    Instant date =
        arguments.peek() instanceof ImapValue.Quoted
            ? ImapDates.parse(arguments.strictString())
            : Instant.now();
    if (!(arguments.take() instanceof ImapValue.Literal message)) {
      throw Refusal.violation("a message is a literal");
    }
    arguments.end();
    StoredFolder folder = target(session, name);
    if (!session.account().hasRoomFor(message.text().length())) {
      throw Refusal.no("[OVERQUOTA] the account is full");
    }
    long uid = folder.add(MailSource.of(message.text().getBytes(ISO_8859_1)), date, flags);
    return session.server().offers("UIDPLUS")
        ? "[APPENDUID " + folder.uidValidity() + " " + uid + "] appended"
        : "appended";
  }

  /** A folder into which something is to be put. */
  static StoredFolder target(SessionState session, String name) throws Refusal {
    StoredFolder folder =
        session
            .account()
            .find(name)
            .filter(StoredFolder::isSelectable)
            .orElseThrow(() -> Refusal.no("[TRYCREATE] there is no such folder"));
    if (folder.isReadOnly()) {
      throw Refusal.no("[NOPERM] the folder can only be read");
    }
    return folder;
  }
}
