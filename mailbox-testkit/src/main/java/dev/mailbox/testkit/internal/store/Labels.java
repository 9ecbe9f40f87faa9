// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a change of one folder means for the others where folders are labels, as at Gmail. To be
 * called under the account's lock.
 */
final class Labels {
  private static final String DELETED = "\\Deleted";
  private static final String FLAGGED = "\\Flagged";

  private final Account account;

  Labels(Account account) {
    this.account = account;
  }

  /** Flags are those of the message, but that it is deleted is said of one folder. */
  void changed(StoredFolder at, Content content, FlagChange change, Collection<String> flags) {
    for (StoredFolder other : account.folders()) {
      if (other != at) {
        other.of(content).ifPresent(m -> other.change(m, change, shared(change, flags, m)));
      }
    }
    at.of(content).ifPresent(this::star);
  }

  /** What is put among the starred is flagged, and the other way round. */
  void added(StoredFolder to, StoredMessage message) {
    if (to.isFor(FLAGGED) && !message.has(FLAGGED)) {
      boolean unused = account.change(to, message, FlagChange.ADD, List.of(FLAGGED));
    } else if (message.has(FLAGGED)) {
      star(message);
    }
  }

  /** The flags of a copy in another folder. */
  static List<String> shared(Collection<String> flags) {
    return flags.stream().filter(flag -> !flag.equalsIgnoreCase(DELETED)).toList();
  }

  private static List<String> shared(
      FlagChange change, Collection<String> flags, StoredMessage message) {
    List<String> shared = new ArrayList<>(shared(flags));
    if (change == FlagChange.REPLACE && message.has(DELETED)) {
      shared.add(DELETED);
    }
    return shared;
  }

  private void star(StoredMessage message) {
    Content content = message.content();
    boolean apart =
        account.folders().stream()
            .anyMatch(f -> (f.isFor("\\Trash") || f.isFor("\\Junk")) && f.of(content).isPresent());
    for (StoredFolder starred : account.folders()) {
      boolean there = starred.isFor(FLAGGED) && starred.of(content).isPresent();
      if (there && !message.has(FLAGGED)) {
        List<StoredMessage> unused = starred.removeIf(m -> m.content().id() == content.id());
      } else if (starred.isFor(FLAGGED) && !there && !apart && message.has(FLAGGED)) {
        StoredMessage unused = starred.add(content, account.now(), shared(message.flags()));
      }
    }
  }

  /** What leaves the starred is no longer flagged. */
  void removed(StoredFolder from, List<StoredMessage> gone) {
    if (from.isFor(FLAGGED)) {
      gone.forEach(m -> changed(from, m.content(), FlagChange.REMOVE, List.of(FLAGGED)));
    }
  }
}
