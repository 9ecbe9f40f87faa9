// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a folder whose flags were changed, in the order of their last changes, so that
 * what changed lately is found without a look at the others. Each message is a link of it.
 */
final class ChangeOrder {
  private @Nullable StoredMessage last;

  /** Where a message stands among those that were changed. */
  static final class Link {
    private @Nullable StoredMessage before;
    private @Nullable StoredMessage after;
    private long version;
  }

  /** Makes it the last, changed when the folder reached this version. */
  void add(StoredMessage message, long version) {
    remove(message);
    Link link = message.link();
    link.version = version;
    link.before = last;
    if (last != null) {
      last.link().after = message;
    }
    last = message;
  }

  /** Does nothing when it is not there. */
  void remove(StoredMessage message) {
    Link link = message.link();
    StoredMessage before = link.before;
    StoredMessage after = link.after;
    if (before != null) {
      before.link().after = after;
    }
    if (after != null) {
      after.link().before = before;
    } else if (last == message) {
      last = before;
    }
    link.before = null;
    link.after = null;
  }

  void clear() {
    last = null;
  }

  /** Those that were changed after this version, the latest first. */
  List<StoredMessage> since(long version) {
    List<StoredMessage> changed = new ArrayList<>();
    for (StoredMessage each = last;
        each != null && each.link().version > version;
        each = each.link().before) {
      changed.add(each);
    }
    return changed;
  }
}
