// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.FolderPath;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.Replica;
import java.util.List;

/**
 * The messages of a folder that the replica knows, in the order of their UIDs, with what the server
 * tells of them now. For one thread.
 */
final class KnownMessages {
  private static final int SEEN = 1;
  private static final int STATE_SHIFT = 1;
  private static final List<EntryState> STATES = List.of(EntryState.values());

  private final Messages messages = new Messages();
  private final Strangers strangers = new Strangers();
  private int seen;

  /** Reads what is known under that UIDVALIDITY, and sets aside what is known under another. */
  static KnownMessages read(Replica replica, FolderPath folder, FolderWork work) {
    KnownMessages known = new KnownMessages();
    replica.entries(folder, entry -> known.add(entry, work));
    replica.flags(
        folder,
        (key, flags) -> {
          int index = known.find(key, work);
          if (index >= 0) {
            known.messages.flags(index, work.flags().number(flags));
          }
        });
    return known;
  }

  private void add(RemoteEntry entry, FolderWork work) {
    if (!UidKeys.isCurrent(entry.key(), work.uidValidity())) {
      strangers.add(entry);
      return;
    }
    messages.add(UidKeys.uid(entry.key()), -1, entry.listedSize(), Long.MIN_VALUE);
    messages.mark(messages.count() - 1, STATES.indexOf(entry.state()) << STATE_SHIFT);
  }

  private int find(String key, FolderWork work) {
    return UidKeys.isCurrent(key, work.uidValidity()) ? messages.find(UidKeys.uid(key)) : -1;
  }

  /** Those known under another UIDVALIDITY. */
  Strangers strangers() {
    return strangers;
  }

  int count() {
    return messages.count();
  }

  int find(long uid) {
    return messages.find(uid);
  }

  long uid(int index) {
    return messages.uid(index);
  }

  long size(int index) {
    return messages.size(index);
  }

  long firstUid() {
    return messages.uid(0);
  }

  long lastUid() {
    return messages.uid(messages.count() - 1);
  }

  /** The number of the flags that the server last told, or -1. */
  int flags(int index) {
    return messages.flags(index);
  }

  /** Notes flags that the server tells now. */
  void flags(int index, int flagSet) {
    messages.flags(index, flagSet);
  }

  EntryState state(int index) {
    return STATES.get(messages.mark(index) >> STATE_SHIFT);
  }

  /** Notes that the server lists it; false if it did before. */
  boolean see(int index) {
    boolean first = !isSeen(index);
    if (first) {
      messages.mark(index, messages.mark(index) | SEEN);
      seen++;
    }
    return first;
  }

  boolean isSeen(int index) {
    return (messages.mark(index) & SEEN) != 0;
  }

  /** How many the server lists. */
  int seen() {
    return seen;
  }
}
