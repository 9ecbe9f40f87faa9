// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.imap.SessionState.Enabled;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.store.StoredMessage;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Going into a folder and out of it (RFC 3501, section 6.3.1; RFC 7162, section 3.2.5). */
final class SelectCommands {
  private SelectCommands() {}

  static String open(SessionState session, Arguments arguments, ImapReply reply, boolean examine)
      throws Refusal {
    String name = arguments.folder();
    Resync resync = parameters(session, arguments);
    arguments.end();
    if (session.isSelected()) {
      session.select(null);
      reply.line("* OK [CLOSED] the folder before");
    }
    StoredFolder folder = selectable(session, name);
    boolean readOnly = examine || folder.isReadOnly();
    var view = new FolderView(folder, readOnly);
    session.select(view);
    tell(session, view, reply);
    if (resync != null && folder.keepsModSeqs() && resync.uidValidity() == folder.uidValidity()) {
      resync.tell(view, session.newsForm(), reply);
    }
    return readOnly ? "[READ-ONLY] selected" : "[READ-WRITE] selected";
  }

  private static void tell(SessionState session, FolderView view, ImapReply reply) {
    StoredFolder folder = view.folder();
    reply.line("* FLAGS (" + view.flagNames() + ")");
    String permanent = view.isReadOnly() ? "" : view.flagNames() + " \\*";
    reply.line("* OK [PERMANENTFLAGS (" + permanent + ")] what stays");
    reply.line("* " + view.count() + " EXISTS").line("* " + view.recent() + " RECENT");
    for (int number = 1; number <= view.count(); number++) {
      if (!view.at(number).message().has("\\Seen")) {
        reply.line("* OK [UNSEEN " + number + "] the first unseen");
        break;
      }
    }
    reply.line("* OK [UIDVALIDITY " + folder.uidValidity() + "] the UIDs' own name");
    if (!session.server().has(Quirk.NO_UIDNEXT)) {
      reply.line("* OK [UIDNEXT " + folder.uidNext() + "] the next UID");
    }
    if (session.server().offers("CONDSTORE")) {
      String modSeq =
          folder.keepsModSeqs() ? "HIGHESTMODSEQ " + folder.highestModSeq() : "NOMODSEQ";
      reply.line("* OK [" + modSeq + "] the last change");
    }
    if (session.server().offers("OBJECTID")) {
      reply.line("* OK [MAILBOXID (" + folder.id() + ")] what it is");
    }
  }

  /** CONDSTORE or QRESYNC with what the client knows. */
  private static @Nullable Resync parameters(SessionState session, Arguments arguments)
      throws Refusal {
    if (!arguments.hasNext() || !session.server().offers("CONDSTORE")) {
      return null;
    }
    Resync resync = null;
    for (Arguments list = arguments.list(); list.hasNext(); ) {
      String name = list.keyword();
      if (name.equals("QRESYNC") && session.server().offers("QRESYNC")) {
        if (!session.isEnabled(Enabled.QRESYNC)) {
          throw Refusal.violation("QRESYNC is not enabled");
        }
        resync = Resync.parse(list.list());
      } else if (!name.equals("CONDSTORE")) {
        throw Refusal.violation("nothing that SELECT knows: " + name);
      }
    }
    session.enable(Enabled.CONDSTORE);
    return resync;
  }

  /** What a client knows of the folder from before. */
  private record Resync(long uidValidity, long modSeq, @Nullable SequenceSet known) {
    static Resync parse(Arguments arguments) throws Refusal {
      long validity = arguments.number();
      long modSeq = arguments.modSeq();
      boolean named = arguments.hasNext() && !arguments.nextIsList();
      SequenceSet known = named ? finite(arguments.set()) : null;
      if (arguments.nextIsList()) {
        // Pairs of numbers and UIDs would only let a server forget more of what has gone.
        Arguments pairs = arguments.list();
        long numbers = finite(pairs.set()).count();
        long uids = finite(pairs.set()).count();
        pairs.end();
        if (numbers != uids) {
          throw Refusal.violation("not as many numbers as UIDs");
        }
      }
      arguments.end();
      return new Resync(validity, modSeq, known);
    }

    private static SequenceSet finite(SequenceSet set) throws Refusal {
      if (set.isOpen()) {
        throw Refusal.violation("what is known has a last number");
      }
      return set;
    }

    void tell(FolderView view, NewsForm form, ImapReply reply) throws Refusal {
      SequenceSet among = known == null ? SequenceSet.parse("1:*") : known;
      FetchCommand.tellVanished(view, among, modSeq, reply);
      for (int number : view.numbers(among, true)) {
        FolderView.Seen seen = view.at(number);
        if (seen.message().modSeq() > modSeq) {
          reply.line("* " + number + " FETCH (" + form.flags(seen) + ")");
        }
      }
    }
  }

  static String close(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    arguments.end();
    FolderView view = session.view();
    if (!view.isReadOnly()) {
      List<StoredMessage> unused =
          session.account().expunge(view.folder(), m -> m.has("\\Deleted"));
    }
    session.select(null);
    return session.isEnabled(Enabled.QRESYNC)
        ? "[HIGHESTMODSEQ " + view.folder().highestModSeq() + "] closed"
        : "closed";
  }

  static String unselect(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    arguments.end();
    FolderView unused = session.view();
    session.select(null);
    return "unselected";
  }

  static StoredFolder selectable(SessionState session, String name) throws Refusal {
    StoredFolder folder =
        session
            .account()
            .find(name)
            .orElseThrow(() -> FolderNames.refusal(ImapPhrase.NOT_OPENED, name));
    if (!folder.isSelectable()) {
      throw FolderNames.refusal(ImapPhrase.NOT_SELECTABLE, name);
    }
    return folder;
  }
}
