// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder as one session knows it: sequence numbers and flags as they were last told, which may be
 * behind what is there. A message that another session removed stays readable until its EXPUNGE is
 * told. Guarded by the account's lock.
 */
final class FolderView {
  private static final String SYSTEM_FLAGS = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";

  private final StoredFolder folder;
  private final boolean readOnly;
  private final int epoch;
  private final Set<String> toldKeywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private List<Seen> known = new ArrayList<>();
  private Set<Long> saved = Set.of();
  private long highestUid;
  private long version = -1;

  /** A message as this session was told of it. */
  static final class Seen {
    private final StoredMessage message;
    private final boolean recent;
    private long told;

    private Seen(StoredMessage message, boolean recent) {
      this.message = message;
      this.recent = recent;
      this.told = message.modSeq();
    }

    StoredMessage message() {
      return message;
    }

    boolean isRecent() {
      return recent;
    }

    /** The flags as FETCH tells them; from now on this session knows them. */
    String tellFlags() {
      told = message.modSeq();
      List<String> flags = new ArrayList<>(message.flags());
      if (recent) {
        flags.add("\\Recent");
      }
      return "(" + String.join(" ", flags) + ")";
    }

    /** Whether another change came between what this session knew and the present flags. */
    boolean isBehind() {
      return told != message.modSeq();
    }
  }

  FolderView(StoredFolder folder, boolean readOnly) {
    this.folder = folder;
    this.readOnly = readOnly;
    this.epoch = folder.epoch();
    this.toldKeywords.addAll(folder.keywords());
    takeIn();
  }

  StoredFolder folder() {
    return folder;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** Whether the folder was deleted or renumbered meanwhile, so that the session must end. */
  boolean isOver() {
    return epoch != folder.epoch();
  }

  int count() {
    return known.size();
  }

  long recent() {
    return known.stream().filter(Seen::isRecent).count();
  }

  /** The message with that sequence number. */
  Seen at(int number) {
    return known.get(number - 1);
  }

  /** The UID of the last message; 0 when there is none. */
  long lastUid() {
    return known.isEmpty() ? 0 : at(count()).message().uid();
  }

  /** Keeps the result of a search for {@code $} (RFC 5182). */
  void save(Set<Long> uids) {
    saved = Set.copyOf(uids);
  }

  /** Sequence numbers of what the set names, ascending. */
  List<Integer> numbers(SequenceSet set, boolean byUid) throws Refusal {
    long last = byUid ? lastUid() : count();
    if (!byUid && !set.isSaved() && (count() == 0 || set.highest(last) > count())) {
      throw Refusal.bad("there is no message with such a number");
    }
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= count(); number++) {
      long uid = at(number).message().uid();
      boolean named =
          set.isSaved() ? saved.contains(uid) : set.contains(byUid ? uid : number, last);
      if (named) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Tells what is new since the last time, in the form that the session has asked for. */
  void tellNews(ImapReply reply, boolean withExpunge, NewsForm form) {
    if (version == folder.version()) {
      return;
    }
    if (withExpunge) {
      tellExpunged(reply, form);
    }
    if (takeIn()) {
      reply.line("* " + count() + " EXISTS").line("* " + recent() + " RECENT");
    }
    tellKeywords(reply);
    for (int number = 1; number <= count(); number++) {
      Seen seen = at(number);
      if (seen.isBehind()) {
        reply.line("* " + number + " FETCH (" + form.flags(seen) + ")");
      }
    }
    version = withExpunge ? folder.version() : -1;
  }

  /** A keyword is told by FLAGS before a message is shown with it. */
  void tellKeywords(ImapReply reply) {
    if (toldKeywords.addAll(folder.keywords())) {
      reply.line("* FLAGS (" + flagNames() + ")");
    }
  }

  String flagNames() {
    return folder.keywords().isEmpty()
        ? SYSTEM_FLAGS
        : SYSTEM_FLAGS + " " + String.join(" ", folder.keywords());
  }

  private void tellExpunged(ImapReply reply, NewsForm form) {
    List<Seen> left = new ArrayList<>(count());
    List<Long> vanished = new ArrayList<>();
    for (Seen seen : known) {
      if (folder.holds(seen.message())) {
        left.add(seen);
      } else if (form.isVanished()) {
        vanished.add(seen.message().uid());
      } else {
        reply.line("* " + (left.size() + 1) + " EXPUNGE");
      }
    }
    if (!vanished.isEmpty()) {
      reply.line("* VANISHED " + SequenceSet.format(vanished));
    }
    known = left;
  }

  private boolean takeIn() {
    boolean more = false;
    List<StoredMessage> there = folder.messages();
    int first = there.size();
    while (first > 0 && there.get(first - 1).uid() > highestUid) {
      first--;
    }
    for (StoredMessage message : there.subList(first, there.size())) {
      boolean recent = readOnly ? message.isRecent() : message.takeRecent();
      known.add(new Seen(message, recent));
      highestUid = message.uid();
      more = true;
    }
    return more;
  }
}
