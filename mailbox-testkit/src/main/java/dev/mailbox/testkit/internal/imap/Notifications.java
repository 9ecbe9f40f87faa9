// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked to be told without asking again (RFC 5465): of the selected folder as a
 * session is told anyway, of others by STATUS, and of names by LIST. Guarded by the account's lock.
 */
final class Notifications {
  private final SessionState session;
  private final Account account;
  private final SelectedNews selected;
  private final List<Group> groups;
  private final Map<String, Known> known = new HashMap<>();
  private final Set<String> subscribed = new TreeSet<>();

  /** What can happen, by the names of section 5; those that are not here are not offered. */
  enum Event {
    MESSAGENEW("MessageNew"),
    MESSAGEEXPUNGE("MessageExpunge"),
    FLAGCHANGE("FlagChange"),
    MAILBOXNAME("MailboxName"),
    SUBSCRIPTIONCHANGE("SubscriptionChange");

    private final String text;

    Event(String text) {
      this.text = text;
    }

    static Event of(String word) throws Refusal {
      for (Event event : values()) {
        if (event.text.toUpperCase(Locale.ROOT).equals(word)) {
          return event;
        }
      }
      String offered =
          Arrays.stream(values()).map(each -> each.text).collect(Collectors.joining(" "));
      throw Refusal.no("[BADEVENT (" + offered + ")] not " + word);
    }
  }

  /**
   * What is to be told of some folders; a folder may be in several groups.
   *
   * @param names which
   * @param events what
   */
  record Group(Predicate<String> names, Set<Event> events) {}

  /** A folder as the client was last told of it. */
  private record Known(String name, boolean selectable, long uidNext, int count, long modSeq) {
    static Known of(StoredFolder folder) {
      return new Known(
          folder.name(),
          folder.isSelectable(),
          folder.uidNext(),
          folder.messages().size(),
          folder.highestModSeq());
    }

    /** One whose messages are not known. */
    static Known named(StoredFolder folder) {
      return new Known(folder.name(), folder.isSelectable(), 1, 0, 1);
    }

    Known renamed(Known other) {
      return new Known(other.name, other.selectable, uidNext, count, modSeq);
    }
  }

  Notifications(SessionState session, SelectedNews selected, List<Group> groups) {
    this.session = session;
    this.account = session.account();
    this.selected = selected;
    this.groups = List.copyOf(groups);
  }

  /** Of a client that wants to be told nothing unless it asks. */
  static Notifications none(SessionState session) {
    return new Notifications(session, SelectedNews.NONE, List.of());
  }

  SelectedNews selected() {
    return selected;
  }

  /** Whether anything may have to be told without a command. */
  boolean isAny() {
    return selected.ofMessages() || groups.stream().anyMatch(group -> !group.events().isEmpty());
  }

  /** Takes everything for known, and tells how it is when that is wanted. */
  void begin(boolean withStatus, ImapReply reply) {
    subscribed.addAll(account.subscribed());
    for (StoredFolder folder : account.folders()) {
      known.put(folder.id(), Known.of(folder));
      boolean watched = wants(Event.MESSAGENEW, folder.name()) && folder.isSelectable();
      if (withStatus && watched && !session.hasSelected(folder.name())) {
        tellStatus(folder, reply);
      }
    }
  }

  /** Takes names for known, because the client itself may just have changed them. */
  void knowNames() {
    subscribed.clear();
    subscribed.addAll(account.subscribed());
    Set<String> present = new HashSet<>();
    for (StoredFolder folder : account.folders()) {
      present.add(folder.id());
      known.merge(folder.id(), Known.named(folder), Known::renamed);
    }
    known.keySet().retainAll(present);
  }

  /** Tells what changed since the last time. */
  void tell(ImapReply reply) {
    Set<String> present = new HashSet<>();
    for (StoredFolder folder : account.folders()) {
      present.add(folder.id());
      Known now = Known.of(folder);
      Known before = known.put(folder.id(), now);
      if (!now.equals(before)) {
        tellName(folder, before, reply);
        tellMessages(folder, before == null ? Known.named(folder) : before, reply);
      }
    }
    for (var each : Map.copyOf(known).entrySet()) {
      if (!present.contains(each.getKey())) {
        tellGone(each.getValue().name, reply);
        known.remove(each.getKey());
      }
    }
    tellSubscriptions(reply);
  }

  private void tellName(StoredFolder folder, @Nullable Known before, ImapReply reply) {
    String name = folder.name();
    String oldName = before == null ? name : before.name;
    boolean renamed = !oldName.equals(name);
    boolean changed = before == null || renamed || before.selectable != folder.isSelectable();
    boolean wanted = wants(Event.MAILBOXNAME, name) || wants(Event.MAILBOXNAME, oldName);
    if (changed && wanted) {
      String old = renamed ? " (\"OLDNAME\" (" + FolderNames.quoted(oldName, session) + "))" : "";
      list(folder.isSelectable() ? "" : "\\Noselect", name, old, reply);
    }
  }

  private void tellGone(String name, ImapReply reply) {
    if (wants(Event.MAILBOXNAME, name) && account.find(name).isEmpty()) {
      list("\\NonExistent", name, "", reply);
    }
  }

  private void tellMessages(StoredFolder folder, Known before, ImapReply reply) {
    String name = folder.name();
    boolean counted =
        before.uidNext != folder.uidNext() || before.count != folder.messages().size();
    boolean flagged = before.modSeq != folder.highestModSeq() && wants(Event.FLAGCHANGE, name);
    boolean wanted = (counted && wants(Event.MESSAGENEW, name)) || flagged;
    if (wanted && folder.isSelectable() && !session.hasSelected(name)) {
      tellStatus(folder, reply);
    }
  }

  private void tellSubscriptions(ImapReply reply) {
    Set<String> all = new TreeSet<>(subscribed);
    all.addAll(account.subscribed());
    for (String name : all) {
      boolean now = account.subscribed().contains(name);
      if (now != subscribed.contains(name) && wants(Event.SUBSCRIPTIONCHANGE, name)) {
        list(now ? "\\Subscribed" : "", name, "", reply);
      }
    }
    subscribed.clear();
    subscribed.addAll(account.subscribed());
  }

  private boolean wants(Event event, String name) {
    return groups.stream()
        .anyMatch(group -> group.events().contains(event) && group.names().test(name));
  }

  private void list(String attributes, String name, String old, ImapReply reply) {
    reply.text("* LIST (" + attributes + ") ").string("" + account.delimiter());
    reply.line(" " + FolderNames.quoted(name, session) + old);
  }

  private void tellStatus(StoredFolder folder, ImapReply reply) {
    boolean withModSeq =
        wants(Event.FLAGCHANGE, folder.name()) && session.server().offers("CONDSTORE");
    reply.text("* STATUS " + FolderNames.quoted(folder.name(), session));
    reply.text(" (MESSAGES " + folder.messages().size() + " UIDNEXT " + folder.uidNext());
    reply.text(" UIDVALIDITY " + folder.uidValidity() + " UNSEEN " + folder.unseen());
    reply.line((withModSeq ? " HIGHESTMODSEQ " + folder.highestModSeq() : "") + ")");
  }
}
