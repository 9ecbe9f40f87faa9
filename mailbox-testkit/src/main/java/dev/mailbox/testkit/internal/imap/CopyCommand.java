// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.store.StoredMessage;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** COPY and MOVE with their UID forms (RFC 3501, section 6.4.7; RFC 6851; COPYUID of RFC 4315). */
final class CopyCommand {
  private CopyCommand() {}

  static String copy(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    SequenceSet set = arguments.set();
    String name = arguments.folder();
    arguments.end();
    FolderView view = session.view();
    List<StoredMessage> messages = messages(view, set, byUid);
    return copyTo(session, messages, name) + "copied";
  }

  static String move(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    SequenceSet set = arguments.set();
    String name = arguments.folder();
    arguments.end();
    FolderView view = session.writable();
    List<StoredMessage> messages = messages(view, set, byUid);
    String code = copyTo(session, messages, name);
    if (!code.isEmpty()) {
      reply.line("* OK " + code + "moved");
    }
    if (!session.account().staysWhenMoved(view.folder(), AppendCommand.target(session, name))) {
      Set<StoredMessage> gone = new HashSet<>(messages);
      view.folder().removeIf(gone::contains);
    }
    return "moved";
  }

  /** What another session has removed meanwhile is left out. */
  private static List<StoredMessage> messages(FolderView view, SequenceSet set, boolean byUid)
      throws Refusal {
    List<StoredMessage> messages = new ArrayList<>();
    for (int number : view.numbers(set, byUid)) {
      StoredMessage message = view.at(number).message();
      if (view.folder().holds(message)) {
        messages.add(message);
      }
    }
    return messages;
  }

  private static String copyTo(SessionState session, List<StoredMessage> messages, String name)
      throws Refusal {
    StoredFolder target = AppendCommand.target(session, name);
    long size = messages.stream().mapToLong(m -> m.content().size()).sum();
    if (!session.account().hasRoomFor(size)) {
      throw Refusal.no(ImapPhrase.OVER_QUOTA);
    }
    List<Long> from = new ArrayList<>();
    List<Long> to = new ArrayList<>();
    for (StoredMessage message : messages) {
      from.add(message.uid());
      to.add(session.account().add(target, message.content(), message.flags()).uid());
    }
    return from.isEmpty() || !session.server().offers("UIDPLUS")
        ? ""
        : "[COPYUID "
            + target.uidValidity()
            + " "
            + SequenceSet.format(from)
            + " "
            + SequenceSet.format(to)
            + "] ";
  }
}
