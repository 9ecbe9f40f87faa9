// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A message in a folder. What changes is changed by its folder, and guarded by the account's lock.
 */
public final class StoredMessage {
  private final long uid;
  private final Instant savedAt;
  private final Set<String> flags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private volatile Content content;
  private final ChangeOrder.Link link = new ChangeOrder.Link();
  private long modSeq;
  private boolean recent = true;

  StoredMessage(long uid, Content content, Instant savedAt, Collection<String> flags) {
    this.uid = uid;
    this.content = content;
    this.savedAt = savedAt;
    this.flags.addAll(flags);
  }

  public long uid() {
    return uid;
  }

  public Content content() {
    return content;
  }

  /** Lets other things be told of it; see {@link Content}. */
  public void describe(@Nullable String uidl, long listedSize) {
    content = content.described(uidl, listedSize);
  }

  public MailSource source() {
    return content.source();
  }

  public Instant internalDate() {
    return content.internalDate();
  }

  /** When it came into this folder (RFC 8514). */
  public Instant savedAt() {
    return savedAt;
  }

  public Set<String> flags() {
    return Collections.unmodifiableSet(flags);
  }

  public boolean has(String flag) {
    return flags.contains(flag);
  }

  /** Grows with each change of the flags (RFC 7162). */
  public long modSeq() {
    return modSeq;
  }

  /** Takes {@code \Recent} for the first session that asks. */
  public boolean takeRecent() {
    boolean first = recent;
    recent = false;
    return first;
  }

  public boolean isRecent() {
    return recent;
  }

  ChangeOrder.Link link() {
    return link;
  }

  void modSeq(long number) {
    modSeq = number;
  }

  /** True when that changed anything. */
  boolean apply(FlagChange change, Collection<String> named) {
    Set<String> target = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    target.addAll(change == FlagChange.REPLACE ? named : flags);
    switch (change) {
      case REPLACE -> {}
      case ADD -> target.addAll(named);
      case REMOVE -> named.forEach(target::remove);
    }
    if (target.equals(flags)) {
      return false;
    }
    flags.clear();
    flags.addAll(target);
    return true;
  }
}
