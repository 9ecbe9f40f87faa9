// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Does actions: at once in the store, and for what lives on a server, by way of a queue that is
 * written in the same transaction.
 */
final class Actions {
  private final Store store;
  private final LocalActions local;
  private final QueueDrain drain;
  private final ActionMode mode;

  Actions(Store store, LocalActions local, QueueDrain drain, ActionMode mode) {
    this.store = store;
    this.local = local;
    this.drain = drain;
    this.mode = mode;
  }

  static Set<Flag> flags(Flag first, Flag... more) {
    List<Flag> flags = new ArrayList<>(List.of(more));
    flags.add(first);
    return Set.copyOf(flags);
  }

  Outcome mark(List<Long> placements, Set<Flag> set, Set<Flag> cleared) {
    return perform(sql -> local.mark(sql, placements, set, cleared));
  }

  Outcome move(List<Long> placements, FolderPath target) {
    return perform(sql -> local.move(sql, placements, Store.require(sql, target)));
  }

  Outcome copy(List<Long> placements, FolderPath target) {
    return perform(sql -> local.copy(sql, placements, Store.require(sql, target)));
  }

  Outcome trash(List<Long> placements) {
    return perform(sql -> local.trash(sql, placements));
  }

  Outcome delete(List<Long> placements) {
    boolean[] serverHasSome = {false};
    Outcome outcome =
        perform(
            sql -> {
              serverHasSome[0] = Entries.anyListed(sql, placements);
              return local.delete(sql, placements);
            });
    return outcome == Outcome.LOCAL && serverHasSome[0] ? Outcome.QUEUED : outcome;
  }

  /** Does it here, and, unless the caller does not want to wait, on the server. */
  Outcome perform(Function<Sql, List<QueuedAction>> change) {
    List<Long> queued =
        store.write(sql -> change.apply(sql).stream().map(a -> ActionQueue.add(sql, a)).toList());
    if (queued.isEmpty()) {
      return Outcome.LOCAL;
    }
    if (mode == ActionMode.QUEUE_FIRST) {
      drain.wake();
      return Outcome.QUEUED;
    }
    QueueDrain.Result result = drain.drain();
    List<Long> waiting =
        store.read(sql -> queued.stream().filter(id -> ActionQueue.waits(sql, id)).toList());
    for (long id : queued) {
      RejectedException refusal = result.refusals().get(id);
      if (refusal != null) {
        throw refusal;
      }
    }
    return waiting.isEmpty() ? Outcome.ON_SERVER : Outcome.QUEUED;
  }

  static RejectedException rejected(Reason reason, String message) {
    return new RejectedException(reason, message, null, List.of());
  }
}
