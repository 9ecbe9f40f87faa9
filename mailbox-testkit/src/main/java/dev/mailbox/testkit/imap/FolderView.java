// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder as one session knows it: sequence numbers and flags as they were last told, which may be
 * behind what is there. A message that another session removed stays readable until its EXPUNGE is
 * told. Guarded by the account's lock.
 */
final class FolderView {
  private final StoredFolder folder;
  private final boolean readOnly;
  private final int epoch;
  private final List<Seen> known = new ArrayList<>();
  private final Set<String> toldKeywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private long highestUid;

  /** A message as this session was told of it. */
  static final class Seen {
    private final StoredMessage message;
    private final boolean recent;
    private long version;

    private Seen(StoredMessage message, boolean recent) {
      this.message = message;
      this.recent = recent;
      this.version = message.version();
    }

    StoredMessage message() {
      return message;
    }

    boolean isRecent() {
      return recent;
    }

    /** The flags as FETCH tells them; from now on this session knows them. */
    String tellFlags() {
      version = message.version();
      List<String> flags = new ArrayList<>(message.flags());
      if (recent) {
        flags.add("\\Recent");
      }
      return "(" + String.join(" ", flags) + ")";
    }

    /** Whether another change came between what this session knew and the present flags. */
    boolean isBehind() {
      return version != message.version();
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

  /** Sequence numbers of what the set names, ascending. */
  List<Integer> numbers(SequenceSet set, boolean byUid) throws Refusal {
    long last = byUid ? (known.isEmpty() ? 0 : at(count()).message().uid()) : count();
    if (!byUid && (count() == 0 || set.highest(last) > count())) {
      throw Refusal.bad("there is no message with such a number");
    }
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= count(); number++) {
      if (set.contains(byUid ? at(number).message().uid() : number, last)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Tells what is new since the last time. */
  void tellNews(ImapReply reply, boolean withExpunge) {
    if (withExpunge) {
      tellExpunged(reply);
    }
    if (takeIn()) {
      reply.line("* " + count() + " EXISTS").line("* " + recent() + " RECENT");
    }
    tellKeywords(reply);
    for (int number = 1; number <= count(); number++) {
      Seen seen = at(number);
      if (seen.isBehind()) {
        reply.line("* " + number + " FETCH (FLAGS " + seen.tellFlags() + ")");
      }
    }
  }

  /** A keyword is told by FLAGS before a message is shown with it. */
  void tellKeywords(ImapReply reply) {
    if (toldKeywords.addAll(folder.keywords())) {
      reply.line("* FLAGS (" + flagNames() + ")");
    }
  }

  String flagNames() {
    String system = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";
    return folder.keywords().isEmpty()
        ? system
        : system + " " + String.join(" ", folder.keywords());
  }

  private void tellExpunged(ImapReply reply) {
    Set<StoredMessage> there = new HashSet<>(folder.messages());
    for (int number = 1; number <= count(); ) {
      if (there.contains(at(number).message())) {
        number++;
      } else {
        known.remove(number - 1);
        reply.line("* " + number + " EXPUNGE");
      }
    }
  }

  private boolean takeIn() {
    boolean more = false;
    for (StoredMessage message : folder.messages()) {
      if (message.uid() > highestUid) {
        boolean recent = readOnly ? message.isRecent() : message.takeRecent();
        known.add(new Seen(message, recent));
        highestUid = message.uid();
        more = true;
      }
    }
    return more;
  }
}
