// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked to be told without asking again (RFC 5465): of the selected folder as it
 * would be while idle, of others by STATUS, and of names by LIST.
 */
final class Notifications {
  private static final Set<String> EVENTS =
      new TreeSet<>(
          Set.of(
              "MESSAGENEW",
              "MESSAGEEXPUNGE",
              "FLAGCHANGE",
              "MAILBOXNAME",
              "SUBSCRIPTIONCHANGE",
              "ANNOTATIONCHANGE",
              "MAILBOXMETADATACHANGE",
              "SERVERMETADATACHANGE"));

  private final List<Predicate<StoredFolder>> watched = new ArrayList<>();
  private final Map<String, String> told = new HashMap<>();
  private final Set<String> names = new TreeSet<>();
  private boolean namesWanted;
  private boolean withStatus;

  private Notifications() {}

  /** NOTIFY. */
  static String notify(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String action = arguments.keyword();
    if (action.equals("NONE")) {
      arguments.end();
      session.notifications(null);
      return "nothing more unasked";
    }
    if (!action.equals("SET")) {
      throw Refusal.violation("NOTIFY takes SET or NONE");
    }
    var wanted = new Notifications();
    if (arguments.nextIsAtom("STATUS")) {
      String unused = arguments.keyword();
      wanted.withStatus = true;
    }
    do {
      wanted.read(arguments.list(), session.account());
    } while (arguments.hasNext());
    wanted.begin(session, reply);
    session.notifications(wanted);
    return "you will be told";
  }

  private void read(Arguments group, Account account) throws Refusal {
    String kind = group.keyword();
    @Nullable Predicate<StoredFolder> folders =
        switch (kind) {
          case "SELECTED", "SELECTED-DELAYED" -> null;
          case "INBOXES" -> folder -> folder.name().equals("INBOX");
          case "PERSONAL" -> folder -> true;
          case "SUBSCRIBED" -> folder -> account.subscribed().contains(folder.name());
          case "SUBTREE", "MAILBOXES" -> named(group, account, kind.equals("SUBTREE"));
          default -> throw Refusal.no("[BADEVENT] nothing that can be watched: " + kind);
        };
    Set<String> events = events(group);
    group.end();
    if (folders != null && events.contains("MESSAGENEW")) {
      watched.add(folders);
    }
    namesWanted |= events.contains("MAILBOXNAME");
  }

  private static Predicate<StoredFolder> named(Arguments group, Account account, boolean below)
      throws Refusal {
    Set<String> wanted = new TreeSet<>();
    if (group.nextIsList()) {
      for (Arguments list = group.list(); list.hasNext(); ) {
        wanted.add(account.canonical(list.folder()));
      }
    } else {
      wanted.add(account.canonical(group.folder()));
    }
    return folder ->
        wanted.stream()
            .anyMatch(
                name ->
                    folder.name().equals(name)
                        || (below && folder.name().startsWith(name + account.delimiter())));
  }

  private static Set<String> events(Arguments group) throws Refusal {
    Set<String> events = new TreeSet<>();
    if (group.nextIsAtom("NONE")) {
      String unused = group.keyword();
      return events;
    }
    for (Arguments list = group.list(); list.hasNext(); ) {
      if (list.nextIsList()) {
        Arguments unusedItems = list.list();
      } else {
        events.add(list.keyword());
      }
    }
    if (!EVENTS.containsAll(events)) {
      throw Refusal.no("[BADEVENT (" + String.join(" ", EVENTS) + ")] no such event");
    }
    if (events.contains("MESSAGENEW") != events.contains("MESSAGEEXPUNGE")) {
      throw Refusal.bad("MessageNew and MessageExpunge go together");
    }
    return events;
  }

  private void begin(SessionState session, ImapReply reply) {
    for (StoredFolder folder : session.account().folders()) {
      names.add(folder.name());
      if (isWatched(folder)) {
        String status = status(folder);
        told.put(folder.name(), status);
        if (withStatus && !session.hasSelected(folder.name())) {
          reply.line("* STATUS " + FolderNames.quoted(folder.name(), session) + status);
        }
      }
    }
  }

  /** Tells what changed since the last time; under the account's lock. */
  void tell(SessionState session, ImapReply reply) {
    Set<String> present = new TreeSet<>();
    for (StoredFolder folder : session.account().folders()) {
      present.add(folder.name());
      if (namesWanted && names.add(folder.name())) {
        reply.text("* LIST () ").string("" + session.account().delimiter());
        reply.line(" " + FolderNames.quoted(folder.name(), session));
      }
      if (isWatched(folder)) {
        String status = status(folder);
        boolean changed = !status.equals(told.put(folder.name(), status));
        if (changed && !session.hasSelected(folder.name())) {
          reply.line("* STATUS " + FolderNames.quoted(folder.name(), session) + status);
        }
      }
    }
    tellGone(present, session, reply);
  }

  private void tellGone(Set<String> present, SessionState session, ImapReply reply) {
    for (String name : List.copyOf(names)) {
      if (!present.contains(name)) {
        names.remove(name);
        if (namesWanted) {
          reply.text("* LIST (\\NonExistent) ").string("" + session.account().delimiter());
          reply.line(" " + FolderNames.quoted(name, session));
        }
      }
    }
  }

  private boolean isWatched(StoredFolder folder) {
    return folder.isSelectable() && watched.stream().anyMatch(each -> each.test(folder));
  }

  private static String status(StoredFolder folder) {
    long unseen = folder.messages().stream().filter(m -> !m.has("\\Seen")).count();
    return " (MESSAGES "
        + folder.messages().size()
        + " UIDNEXT "
        + folder.uidNext()
        + " UIDVALIDITY "
        + folder.uidValidity()
        + " UNSEEN "
        + unseen
        + ")";
  }
}
