// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** A message in a folder. Guarded by the account's lock, but for what never changes. */
final class StoredMessage {
  private final long uid;
  private final MailSource source;
  private final Instant internalDate;
  private final Set<String> flags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private long version;
  private boolean recent = true;

  StoredMessage(long uid, MailSource source, Instant internalDate, Collection<String> flags) {
    this.uid = uid;
    this.source = source;
    this.internalDate = internalDate;
    this.flags.addAll(flags);
  }

  /** The same message under another UID. */
  StoredMessage as(long otherUid) {
    return new StoredMessage(otherUid, source, internalDate, flags);
  }

  long uid() {
    return uid;
  }

  MailSource source() {
    return source;
  }

  Instant internalDate() {
    return internalDate;
  }

  Set<String> flags() {
    return flags;
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  void setFlags(Collection<String> wanted) {
    Set<String> target = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    target.addAll(wanted);
    boolean fewer = flags.retainAll(target);
    boolean more = flags.addAll(target);
    change(fewer || more);
  }

  void addFlags(Collection<String> more) {
    change(flags.addAll(more));
  }

  void removeFlags(Collection<String> less) {
    boolean changed = false;
    for (String flag : less) {
      changed |= flags.remove(flag);
    }
    change(changed);
  }

  /** Grows with each change of the flags. */
  long version() {
    return version;
  }

  /** True for the first session that asks. */
  boolean takeRecent() {
    boolean first = recent;
    recent = false;
    return first;
  }

  boolean isRecent() {
    return recent;
  }

  private void change(boolean changed) {
    if (changed) {
      version++;
    }
  }
}
