// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.imap.SessionState.Enabled;
import dev.mailbox.testkit.internal.store.FlagChange;
import dev.mailbox.testkit.internal.store.Refusal;
import java.util.ArrayList;
import java.util.List;

/** STORE and UID STORE (RFC 3501, section 6.4.6; UNCHANGEDSINCE of RFC 7162, section 3.1.3). */
final class StoreCommand {
  private final SessionState session;
  private final ImapReply reply;
  private final boolean byUid;
  private final List<Long> modified = new ArrayList<>();
  private long unchangedSince = Long.MAX_VALUE;

  private StoreCommand(SessionState session, ImapReply reply, boolean byUid) {
    this.session = session;
    this.reply = reply;
    this.byUid = byUid;
  }

  static String store(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    return new StoreCommand(session, reply, byUid).run(arguments);
  }

  private String run(Arguments arguments) throws Refusal {
    SequenceSet set = arguments.set();
    readModifiers(arguments);
    String item = arguments.keyword();
    if (item.contains("X-GM-LABELS") && session.server().offers("X-GM-EXT-1")) {
      return label(set, item, arguments);
    }
    if (!arguments.hasNext()) {
      throw Refusal.violation("STORE without flags");
    }
    List<String> flags = (arguments.nextIsList() ? arguments.list() : arguments).flags();
    arguments.end();
    boolean silent = item.endsWith(".SILENT");
    FlagChange change = change(silent ? item.substring(0, item.length() - 7) : item);
    FolderView view = session.writable();
    List<Integer> numbers = view.numbers(set, byUid);
    view.folder().know(flags);
    view.tellKeywords(reply);
    view.folder().beginChange();
    try {
      for (int number : numbers) {
        FolderView.Seen seen = view.at(number);
        if (hasChanged(view, seen)) {
          modified.add(byUid ? seen.message().uid() : number);
        } else {
          boolean behind = seen.isBehind();
          boolean changed = session.account().change(view.folder(), seen.message(), change, flags);
          tell(number, seen, new Outcome(silent, behind, changed));
        }
      }
    } finally {
      view.folder().endChange();
    }
    return unchangedSince == Long.MAX_VALUE || modified.isEmpty()
        ? "stored"
        : "[MODIFIED " + SequenceSet.format(modified) + "] stored in part";
  }

  private String label(SequenceSet set, String item, Arguments arguments) throws Refusal {
    List<String> labels = (arguments.nextIsList() ? arguments.list() : arguments).folders();
    arguments.end();
    boolean silent = item.endsWith(".SILENT");
    FlagChange change = change(item.replace(".SILENT", "").replace("X-GM-LABELS", "FLAGS"));
    var gmail = new GmailLabels(session);
    FolderView view = session.writable();
    FetchItem told = FetchItem.parse("X-GM-LABELS", session);
    for (int number : view.numbers(set, byUid)) {
      FolderView.Seen seen = view.at(number);
      gmail.change(seen.message(), change, labels);
      if (!silent) {
        String uid = namesUids() ? "UID " + seen.message().uid() + " " : "";
        reply.text("* " + number + " FETCH (" + uid);
        told.writeTo(seen, reply);
        reply.line(")");
      }
    }
    return "labeled";
  }

  /** Also one that has gone; without a condition it is changed as long as the session sees it. */
  private boolean hasChanged(FolderView view, FolderView.Seen seen) {
    return unchangedSince != Long.MAX_VALUE
        && (seen.message().modSeq() > unchangedSince || !view.folder().holds(seen.message()));
  }

  /** How it came out for one message. */
  private record Outcome(boolean silent, boolean behind, boolean changed) {}

  private void tell(int number, FolderView.Seen seen, Outcome outcome) {
    NewsForm form = new NewsForm(session.isEnabled(Enabled.CONDSTORE), namesUids());
    if (!outcome.silent()) {
      reply.line("* " + number + " FETCH (" + form.flags(seen) + ")");
    } else if (!outcome.behind()) {
      // What this session changed it knows; what another changed meanwhile is told.
      String unused = seen.tellFlags();
      if (form.withModSeq() && outcome.changed()) {
        String uid = namesUids() ? "UID " + seen.message().uid() + " " : "";
        reply.line("* " + number + " FETCH (" + uid + "MODSEQ (" + seen.message().modSeq() + "))");
      }
    }
  }

  /** Also without a UID command when the client resynchronizes (RFC 7162, section 3.2.4). */
  private boolean namesUids() {
    return byUid || session.isEnabled(Enabled.QRESYNC);
  }

  private void readModifiers(Arguments arguments) throws Refusal {
    if (!session.server().offers("CONDSTORE") || !arguments.nextIsList()) {
      return;
    }
    Arguments list = arguments.list();
    if (!list.keyword().equals("UNCHANGEDSINCE")) {
      throw Refusal.violation("nothing that modifies STORE");
    }
    unchangedSince = list.modSeq();
    session.needModSeqs();
    list.end();
    session.enable(Enabled.CONDSTORE);
  }

  private static FlagChange change(String item) throws Refusal {
    return switch (item) {
      case "FLAGS" -> FlagChange.REPLACE;
      case "+FLAGS" -> FlagChange.ADD;
      case "-FLAGS" -> FlagChange.REMOVE;
      default -> throw Refusal.violation("nothing that STORE knows: " + item);
    };
  }
}
