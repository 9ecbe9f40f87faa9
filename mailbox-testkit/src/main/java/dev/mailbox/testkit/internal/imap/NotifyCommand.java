// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.imap.Notifications.Event;
import dev.mailbox.testkit.internal.imap.Notifications.Group;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** NOTIFY (RFC 5465, section 3): what a client wants to be told without asking again. */
final class NotifyCommand {
  private final SessionState session;
  private final Account account;
  private final List<Group> groups = new ArrayList<>();
  private @Nullable SelectedNews selected;

  private NotifyCommand(SessionState session) {
    this.session = session;
    this.account = session.account();
  }

  static String notify(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String action = arguments.keyword();
    if (action.equals("NONE")) {
      arguments.end();
      session.notifications(Notifications.none(session));
      return "nothing more unasked";
    }
    if (!action.equals("SET")) {
      throw Refusal.violation("NOTIFY takes SET or NONE");
    }
    boolean withStatus = arguments.nextIsAtom("STATUS");
    if (withStatus) {
      String unused = arguments.keyword();
    }
    var command = new NotifyCommand(session);
    do {
      command.read(arguments.list());
    } while (arguments.hasNext());
    SelectedNews selected = command.selected == null ? SelectedNews.NONE : command.selected;
    var wanted = new Notifications(session, selected, command.groups);
    wanted.begin(withStatus, reply);
    session.notifications(wanted);
    return "you will be told";
  }

  private void read(Arguments group) throws Refusal {
    String kind = group.keyword();
    switch (kind) {
      case "SELECTED", "SELECTED-DELAYED" -> {
        if (selected != null) {
          throw Refusal.violation("the selected folder is named twice");
        }
        selected = selected(group, kind.equals("SELECTED"));
      }
      case "INBOXES" -> add(group, "INBOX"::equals);
      case "PERSONAL" -> add(group, name -> true);
      case "SUBSCRIBED" -> add(group, name -> account.subscribed().contains(name));
      case "SUBTREE", "MAILBOXES" -> add(group, named(group, kind.equals("SUBTREE")));
      default -> throw Refusal.violation("nothing that can be watched: " + kind);
    }
    group.end();
  }

  private void add(Arguments group, Predicate<String> names) throws Refusal {
    List<FetchItem> items = new ArrayList<>();
    groups.add(new Group(names, events(group, items)));
    if (!items.isEmpty()) {
      throw Refusal.violation("messages are shown of the selected folder only");
    }
  }

  private SelectedNews selected(Arguments group, boolean atOnce) throws Refusal {
    List<FetchItem> items = new ArrayList<>();
    Set<Event> events = events(group, items);
    if (events.contains(Event.MAILBOXNAME) || events.contains(Event.SUBSCRIPTIONCHANGE)) {
      throw Refusal.violation("names are nothing that the selected folder tells");
    }
    boolean ofMessages = events.contains(Event.MESSAGENEW);
    return new SelectedNews(
        ofMessages, events.contains(Event.FLAGCHANGE), ofMessages && atOnce, items);
  }

  private Predicate<String> named(Arguments group, boolean below) throws Refusal {
    Set<String> wanted = new TreeSet<>();
    if (group.nextIsList()) {
      Arguments list = group.list();
      do {
        wanted.add(account.canonical(list.folder()));
      } while (list.hasNext());
    } else {
      wanted.add(account.canonical(group.folder()));
    }
    return name ->
        wanted.contains(name)
            || (below
                && wanted.stream().anyMatch(top -> name.startsWith(top + account.delimiter())));
  }

  private Set<Event> events(Arguments group, List<FetchItem> items) throws Refusal {
    Set<Event> events = EnumSet.noneOf(Event.class);
    if (group.nextIsAtom("NONE")) {
      String unused = group.keyword();
      return events;
    }
    Arguments list = group.list();
    do {
      Event event = Event.of(list.keyword());
      events.add(event);
      if (event == Event.MESSAGENEW && list.nextIsList()) {
        items.addAll(FetchCommand.items(session, list));
      }
    } while (list.hasNext());
    boolean both = events.contains(Event.MESSAGENEW) && events.contains(Event.MESSAGEEXPUNGE);
    boolean any = events.contains(Event.MESSAGENEW) || events.contains(Event.MESSAGEEXPUNGE);
    if (any != both || (events.contains(Event.FLAGCHANGE) && !both)) {
      throw Refusal.violation("MessageNew and MessageExpunge go together, FlagChange with them");
    }
    return events;
  }
}
