// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.imap.SessionState.Enabled;
import dev.mailbox.testkit.internal.store.FlagChange;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** FETCH and UID FETCH (RFC 3501, section 6.4.5; modifiers of RFC 7162, section 3.1.4). */
final class FetchCommand {
  private FetchCommand() {}

  static String fetch(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    SequenceSet set = arguments.set();
    List<FetchItem> items = items(session, arguments);
    Modifiers modifiers = Modifiers.parse(session, arguments);
    arguments.end();
    if (modifiers.changedSince() >= 0) {
      session.enable(Enabled.CONDSTORE);
      add("MODSEQ", items, session);
    }
    if (items.stream().anyMatch(i -> i.isNamed("MODSEQ"))) {
      session.enable(Enabled.CONDSTORE);
    }
    if (byUid) {
      add("UID", items, session);
    }
    FolderView view = session.view();
    if (items.stream().anyMatch(i -> i.isNamed("MODSEQ"))) {
      session.needModSeqs();
    }
    if (modifiers.vanished()) {
      checkVanished(session, byUid);
      tellVanished(view, set, modifiers.changedSince(), reply);
    }
    boolean marks = !view.isReadOnly() && items.stream().anyMatch(FetchItem::marksSeen);
    for (int number : view.numbers(set, byUid)) {
      FolderView.Seen seen = view.at(number);
      if (seen.message().modSeq() > modifiers.changedSince()) {
        boolean marked = marks && mark(session, seen);
        tell(number, seen, marked ? withFlags(items, session) : items, reply);
      }
    }
    return "fetched";
  }

  /**
   * UIDs of the set that went after this mod-sequence, but for what is still to be told as news.
   */
  static void tellVanished(FolderView view, SequenceSet set, long since, ImapReply reply)
      throws Refusal {
    long last = Math.max(view.lastUid(), view.folder().uidNext() - 1);
    List<Long> gone =
        view.folder().expunged().stream()
            .filter(e -> e.modSeq() > since && set.contains(e.uid(), last))
            .filter(e -> !view.knows(e.uid()))
            .map(StoredFolder.Expunged::uid)
            .sorted()
            .toList();
    if (!gone.isEmpty()) {
      reply.line("* VANISHED (EARLIER) " + SequenceSet.format(gone));
    }
  }

  private static void checkVanished(SessionState session, boolean byUid) throws Refusal {
    if (!byUid || !session.isEnabled(Enabled.QRESYNC)) {
      throw Refusal.violation("VANISHED is for UID FETCH when QRESYNC is enabled");
    }
  }

  private static boolean mark(SessionState session, FolderView.Seen seen) throws Refusal {
    List<String> flag = List.of("\\Seen");
    StoredFolder folder = session.view().folder();
    return session.account().change(folder, seen.message(), FlagChange.ADD, flag);
  }

  static void tell(int number, FolderView.Seen seen, List<FetchItem> items, ImapReply reply)
      throws Refusal {
    // Apart from the reply, because what cannot be told must not leave half a line.
    var line = new ImapReply().text("* " + number + " FETCH (");
    for (int i = 0; i < items.size(); i++) {
      line.text(i == 0 ? "" : " ");
      items.get(i).writeTo(seen, line);
    }
    reply.add(line.line(")"));
  }

  private static List<FetchItem> withFlags(List<FetchItem> items, SessionState session)
      throws Refusal {
    List<FetchItem> all = new ArrayList<>(items);
    if (all.stream().noneMatch(i -> i.isNamed("FLAGS"))) {
      all.add(FetchItem.parse("FLAGS", session));
    }
    if (session.isEnabled(Enabled.CONDSTORE) && all.stream().noneMatch(i -> i.isNamed("MODSEQ"))) {
      all.add(FetchItem.parse("MODSEQ", session));
    }
    return all;
  }

  static List<FetchItem> items(SessionState session, Arguments arguments) throws Refusal {
    List<FetchItem> items = new ArrayList<>();
    if (arguments.nextIsList()) {
      Arguments list = arguments.list();
      do {
        items.add(item(session, list));
      } while (list.hasNext());
      return items;
    }
    List<String> names = FetchItem.macro(arguments.peek().text());
    if (names.size() == 1) {
      return new ArrayList<>(List.of(item(session, arguments)));
    }
    String unused = word(arguments);
    for (String name : names) {
      items.add(FetchItem.parse(name, session));
    }
    return items;
  }

  /** One item with its modifiers, of which only PREVIEW has any (RFC 8970, section 3.1). */
  private static FetchItem item(SessionState session, Arguments arguments) throws Refusal {
    FetchItem item = FetchItem.parse(word(arguments), session);
    if (item.isNamed("PREVIEW") && arguments.nextIsList() && !isForFetch(arguments)) {
      Arguments modifiers = arguments.list();
      do {
        String modifier = modifiers.keyword();
        if (!modifier.equals("LAZY")) {
          throw Refusal.violation("nothing that modifies PREVIEW: " + modifier);
        }
      } while (modifiers.hasNext());
    }
    return item;
  }

  /** Whether the list that is next modifies the command, not an item of it. */
  private static boolean isForFetch(Arguments arguments) throws Refusal {
    String text = arguments.peek().text().toUpperCase(Locale.ROOT);
    return text.startsWith("(CHANGEDSINCE ") || text.startsWith("(VANISHED");
  }

  private static void add(String name, List<FetchItem> items, SessionState session) throws Refusal {
    if (items.stream().noneMatch(i -> i.isNamed(name))) {
      items.add(name.equals("UID") ? 0 : items.size(), FetchItem.parse(name, session));
    }
  }

  private static String word(Arguments arguments) throws Refusal {
    if (arguments.take() instanceof ImapValue.Atom atom) {
      return atom.text();
    }
    throw Refusal.violation("an item of FETCH is a word");
  }

  /** What may follow the items; a mod-sequence of -1 lets all through. */
  private record Modifiers(long changedSince, boolean vanished) {
    static Modifiers parse(SessionState session, Arguments arguments) throws Refusal {
      if (!arguments.hasNext() || !session.server().offers("CONDSTORE")) {
        return new Modifiers(-1, false);
      }
      long since = -1;
      boolean vanished = false;
      Arguments list = arguments.list();
      do {
        String name = list.keyword();
        switch (name) {
          case "CHANGEDSINCE" -> since = list.modSeq();
          case "VANISHED" -> vanished = true;
          default -> throw Refusal.violation("nothing that modifies FETCH: " + name);
        }
      } while (list.hasNext());
      if (vanished && since < 0) {
        throw Refusal.violation("VANISHED without CHANGEDSINCE");
      }
      return new Modifiers(since, vanished);
    }
  }
}
