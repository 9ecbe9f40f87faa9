// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.store.StoredMessage;
import java.util.ArrayList;
import java.util.BitSet;
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
  private final List<Seen> known = new ArrayList<>();
  private Set<Long> saved = Set.of();
  private long highestUid;
  private long flagsTold;
  private int expungedTold;
  private int recent;

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
    this.flagsTold = folder.version();
    this.expungedTold = folder.expunged().size();
    boolean unused = takeIn();
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

  int recent() {
    return recent;
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
      throw Refusal.violation("there is no message with such a number");
    }
    var chosen = new BitSet(count());
    if (set.isSaved()) {
      saved.forEach(uid -> choose(uid, uid, chosen));
    } else if (byUid) {
      set.forEachRange(last, (from, to) -> choose(from, to, chosen));
    } else {
      set.forEachRange(last, (from, to) -> chosen.set((int) from, (int) to + 1));
    }
    List<Integer> numbers = new ArrayList<>(chosen.cardinality());
    chosen.stream().forEach(numbers::add);
    return numbers;
  }

  /** Chooses the numbers of what has these UIDs. */
  private void choose(long from, long to, BitSet chosen) {
    if (folder.isAscending()) {
      chosen.set(firstFrom(from) + 1, firstFrom(to + 1) + 1);
      return;
    }
    for (int number = 1; number <= count(); number++) {
      long uid = at(number).message().uid();
      if (uid >= from && uid <= to) {
        chosen.set(number);
      }
    }
  }

  /** The index of the first message whose UID is at least this, as far as UIDs ascend. */
  private int firstFrom(long uid) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (known.get(middle).message().uid() < uid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether there is a message with that UID as far as this session was told. */
  boolean knows(long uid) {
    if (!folder.isAscending()) {
      return known.stream().anyMatch(seen -> seen.message().uid() == uid);
    }
    int index = firstFrom(uid);
    return index < count() && known.get(index).message().uid() == uid;
  }

  /** The number of a message that this session knows, else 0. */
  private int number(StoredMessage message) {
    if (!folder.isAscending()) {
      return 1 + known.stream().map(Seen::message).toList().indexOf(message);
    }
    int index = firstFrom(message.uid());
    return index < count() && known.get(index).message() == message ? index + 1 : 0;
  }

  /** Tells what is new since the last time of what is wanted, in the form that was asked for. */
  void tellNews(ImapReply reply, boolean withExpunge, SelectedNews wanted, NewsForm form) {
    if (wanted.ofMessages()) {
      if (withExpunge) {
        tellExpunged(reply, form);
      }
      int before = count();
      if (takeIn()) {
        reply.line("* " + count() + " EXISTS").line("* " + recent() + " RECENT");
      }
      tellKeywords(reply);
      tellNew(before + 1, wanted.items(), reply);
    }
    if (wanted.ofFlags()) {
      tellFlags(reply, form);
    }
  }

  private void tellNew(int first, List<FetchItem> items, ImapReply reply) {
    for (int number = first; number <= count() && !items.isEmpty(); number++) {
      try {
        FetchCommand.tell(number, at(number), items, reply);
      } catch (Refusal e) {
        // What cannot be told unasked is asked for by a client that wants to know why.
      }
    }
  }

  private void tellFlags(ImapReply reply, NewsForm form) {
    var numbers = new TreeSet<Integer>();
    folder.changedSince(flagsTold).forEach(message -> numbers.add(number(message)));
    numbers.remove(0);
    for (int number : numbers) {
      Seen seen = at(number);
      if (seen.isBehind()) {
        reply.line("* " + number + " FETCH (" + form.flags(seen) + ")");
      }
    }
    flagsTold = folder.version();
  }

  /** A keyword is told by FLAGS before a message is shown with it. */
  void tellKeywords(ImapReply reply) {
    if (toldKeywords.size() != folder.keywords().size() && toldKeywords.addAll(folder.keywords())) {
      reply.line("* FLAGS (" + flagNames() + ")");
    }
  }

  String flagNames() {
    return folder.keywords().isEmpty()
        ? SYSTEM_FLAGS
        : SYSTEM_FLAGS + " " + String.join(" ", folder.keywords());
  }

  private void tellExpunged(ImapReply reply, NewsForm form) {
    List<StoredFolder.Expunged> gone = folder.expunged();
    if (expungedTold == gone.size()) {
      return;
    }
    int first = count();
    if (folder.isAscending()) {
      for (StoredFolder.Expunged each : gone.subList(expungedTold, gone.size())) {
        first = Math.min(first, firstFrom(each.uid()));
      }
    } else {
      first = 0;
    }
    expungedTold = gone.size();
    List<Seen> rest = known.subList(first, count());
    List<Seen> left = new ArrayList<>(rest.size());
    List<Long> vanished = new ArrayList<>();
    for (Seen seen : rest) {
      if (folder.holds(seen.message())) {
        left.add(seen);
        continue;
      }
      recent -= seen.isRecent() ? 1 : 0;
      if (form.isVanished()) {
        vanished.add(seen.message().uid());
      } else {
        reply.line("* " + (first + left.size() + 1) + " EXPUNGE");
      }
    }
    if (!vanished.isEmpty()) {
      reply.line("* VANISHED " + SequenceSet.format(vanished));
    }
    rest.clear();
    known.addAll(left);
  }

  private boolean takeIn() {
    boolean more = false;
    List<StoredMessage> there = folder.messages();
    int first = there.size();
    while (first > 0 && there.get(first - 1).uid() > highestUid) {
      first--;
    }
    for (StoredMessage message : there.subList(first, there.size())) {
      var seen = new Seen(message, readOnly ? message.isRecent() : message.takeRecent());
      known.add(seen);
      recent += seen.isRecent() ? 1 : 0;
      highestUid = message.uid();
      more = true;
    }
    return more;
  }
}
