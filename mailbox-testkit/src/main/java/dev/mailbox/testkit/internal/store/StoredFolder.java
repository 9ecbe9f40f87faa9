// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A folder's messages and numbers. Guarded by the account's lock. */
public final class StoredFolder {
  private static final String SEEN = "\\Seen";

  private final String id;
  private final List<StoredMessage> messages = new ArrayList<>();
  private final List<Expunged> expunged = new ArrayList<>();
  private final ChangeOrder changed = new ChangeOrder();
  private final Runnable touched;
  private final Set<String> attributes = new TreeSet<>();
  private final Set<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private String name;
  private long uidValidity;
  private long uidNext = 1;
  private long highestModSeq = 1;
  private boolean keepsModSeqs = true;
  private boolean selectable = true;
  private boolean readOnly;
  private boolean ascending = true;
  private int epoch;
  private long version;
  private long shared;
  private long size;
  private int unseen;

  /**
   * A message that was here.
   *
   * @param uid its UID
   * @param modSeq when it went, in the count of the folder
   */
  public record Expunged(long uid, long modSeq) {}

  /** An empty one, which tells when something in it has changed. */
  StoredFolder(String id, String name, long uidValidity, Runnable touched) {
    this.id = id;
    this.name = name;
    this.uidValidity = uidValidity;
    this.touched = touched;
  }

  /** What it is, under whatever name (RFC 8474, section 4). */
  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  void rename(String other) {
    name = other;
    touch();
  }

  private void touch() {
    version++;
    touched.run();
  }

  /** Whether UIDs ascend, as they do unless a test made the server a broken one. */
  public boolean isAscending() {
    return ascending;
  }

  /** Ascending by UID, unless a test made the server a broken one. */
  public List<StoredMessage> messages() {
    return Collections.unmodifiableList(messages);
  }

  public Optional<StoredMessage> message(long uid) {
    if (!ascending) {
      return messages.stream().filter(m -> m.uid() == uid).findFirst();
    }
    int at = indexOf(uid);
    return at < 0 ? Optional.empty() : Optional.of(messages.get(at));
  }

  /** The message with this content. */
  Optional<StoredMessage> of(Content content) {
    return messages.stream().filter(m -> m.content().id() == content.id()).findFirst();
  }

  /** Whether it has this special use. */
  public boolean isFor(String use) {
    return attributes.contains(use);
  }

  public boolean holds(StoredMessage message) {
    return ascending
        ? message(message.uid()).filter(m -> m == message).isPresent()
        : messages.stream().anyMatch(m -> m == message);
  }

  StoredMessage add(Content content, Instant savedAt, Collection<String> flags) {
    var message = new StoredMessage(uidNext++, content, savedAt, flags);
    ascending &= messages.isEmpty() || messages.get(messages.size() - 1).uid() < message.uid();
    messages.add(message);
    message.modSeq(++highestModSeq);
    size += content.size();
    unseen += message.has(SEEN) ? 0 : 1;
    touch();
    know(flags);
    return message;
  }

  /** Changes the flags of a message; true when that made a difference. */
  boolean change(StoredMessage message, FlagChange change, Collection<String> flags) {
    boolean seen = message.has(SEEN);
    if (!message.apply(change, flags)) {
      return false;
    }
    know(flags);
    message.modSeq(nextModSeq());
    touch();
    if (holds(message)) {
      unseen += seen == message.has(SEEN) ? 0 : seen ? 1 : -1;
      changed.add(message, version);
    }
    return true;
  }

  /** What is changed until {@link #endChange} has one mod-sequence (RFC 7162, section 3.1.3). */
  public void beginChange() {
    shared = highestModSeq + 1;
  }

  public void endChange() {
    shared = 0;
  }

  private long nextModSeq() {
    highestModSeq = shared > 0 ? Math.max(shared, highestModSeq) : highestModSeq + 1;
    return highestModSeq;
  }

  /** Removes messages, and remembers their UIDs. */
  public List<StoredMessage> removeIf(Predicate<StoredMessage> gone) {
    List<StoredMessage> removed = messages.stream().filter(gone).toList();
    if (!removed.isEmpty()) {
      long modSeq = ++highestModSeq;
      removed.forEach(m -> expunged.add(new Expunged(m.uid(), modSeq)));
      removed.forEach(this::forget);
      messages.removeIf(gone);
      touch();
    }
    return removed;
  }

  private void forget(StoredMessage message) {
    size -= message.content().size();
    unseen -= message.has(SEEN) ? 0 : 1;
    changed.remove(message);
  }

  /** Those whose flags were changed after this version and that are still here, latest first. */
  public List<StoredMessage> changedSince(long version) {
    return changed.since(version);
  }

  /** How many are not seen. */
  public int unseen() {
    return unseen;
  }

  /** What went, oldest first. */
  public List<Expunged> expunged() {
    return Collections.unmodifiableList(expunged);
  }

  /** Keywords in use, which a session is told before it sees one. */
  public Set<String> keywords() {
    return keywords;
  }

  public void know(Collection<String> flags) {
    flags.stream().filter(f -> !f.startsWith("\\")).filter(keywords::add).forEach(f -> touch());
  }

  /** Special uses, such as {@code \Sent}. */
  public Set<String> attributes() {
    return Collections.unmodifiableSet(attributes);
  }

  public void attributes(Collection<String> wanted) {
    attributes.clear();
    attributes.addAll(wanted);
    touch();
  }

  public long uidValidity() {
    return uidValidity;
  }

  public void uidValidity(long number) {
    uidValidity = number;
    endViews();
  }

  /** Gives every message another UID, from 1 on, in the same order. */
  public void renumber(long validity) {
    List<StoredMessage> before = List.copyOf(messages);
    messages.clear();
    expunged.clear();
    changed.clear();
    size = 0;
    unseen = 0;
    ascending = true;
    uidNext = 1;
    before.forEach(m -> add(m.content(), m.savedAt(), m.flags()));
    uidValidity(validity);
  }

  public long uidNext() {
    return uidNext;
  }

  public void uidNext(long number) {
    uidNext = number;
  }

  public long highestModSeq() {
    return highestModSeq;
  }

  /** Sets the count on or back; what messages have stays. */
  public void highestModSeq(long number) {
    highestModSeq = number;
  }

  /** False for a folder that SELECT tells with NOMODSEQ. */
  public boolean keepsModSeqs() {
    return keepsModSeqs;
  }

  public void keepsModSeqs(boolean on) {
    keepsModSeqs = on;
  }

  public boolean isSelectable() {
    return selectable;
  }

  public void selectable(boolean on) {
    selectable = on;
    endViews();
  }

  public boolean isReadOnly() {
    return readOnly;
  }

  public void readOnly(boolean on) {
    readOnly = on;
  }

  /** Grows with each change that a session may have to be told of. */
  public long version() {
    return version;
  }

  /** Grows when what sessions know of the folder is no longer true and they must leave. */
  public int epoch() {
    return epoch;
  }

  public void endViews() {
    epoch++;
    touch();
  }

  public long size() {
    return size;
  }

  private int indexOf(long uid) {
    int low = 0;
    int high = messages.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = messages.get(middle).uid();
      if (found == uid) {
        return middle;
      }
      if (found < uid) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
