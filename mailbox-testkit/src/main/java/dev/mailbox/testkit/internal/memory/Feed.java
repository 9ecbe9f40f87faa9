// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All changes of a copy. Guarded by the server's lock. */
final class Feed {
  private final List<Change> changes = new ArrayList<>();

  void add(Function<FeedPosition, Change> change) {
    changes.add(change.apply(new FeedPosition(changes.size() + 1L)));
  }

  FeedPosition last() {
    return new FeedPosition(changes.size());
  }

  List<Change> after(FeedPosition position, int limit) {
    int from = (int) Math.min(position.value(), changes.size());
    int to = (int) Math.min((long) from + limit, changes.size());
    return List.copyOf(changes.subList(from, to));
  }
}
