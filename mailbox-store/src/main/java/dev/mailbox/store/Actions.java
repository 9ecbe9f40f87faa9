// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.ActionMode;
import dev.mailbox.FailedAction;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Does actions: at once in the store, and for what lives on a server, by way of a queue that is
 * written in the same transaction.
 */
final class Actions {
  private final Store store;
  private final LocalActions local;
  private final QueueDrain drain;
  private final Drainer drainer;
  private final BooleanSupplier inSync;
  private final Runnable learnFolders;
  private final ActionMode mode;

  /** How long a caller waits for what others want of the server. */
  private final Duration patience;

  Actions(Store store, LocalActions local, Queue queue, MailboxConfig config) {
    this.store = store;
    this.local = local;
    this.drain = queue.drain();
    this.drainer = queue.drainer();
    this.inSync = queue.inSync();
    this.learnFolders = queue.learnFolders();
    this.mode = config.actions();
    this.patience = config.timeouts().reply();
  }

  /**
   * What brings queued actions to the server, on the caller's thread or behind it.
   *
   * @param inSync whether the caller is a synchronization's listener, which must not wait for the
   *     server: whoever uses it may wait for the synchronization
   * @param learnFolders gets to know the server's folders
   */
  record Queue(QueueDrain drain, Drainer drainer, BooleanSupplier inSync, Runnable learnFolders) {}

  static Set<Flag> flags(Flag first, Flag... more) {
    List<Flag> flags = new ArrayList<>(List.of(more));
    flags.add(first);
    return Set.copyOf(flags);
  }

  Outcome mark(List<Long> placements, Set<Flag> set, Set<Flag> cleared) {
    return perform(placements, sql -> local.mark(sql, placements, set, cleared));
  }

  Outcome move(List<Long> placements, FolderPath target) {
    return perform(placements, sql -> local.move(sql, placements, Store.require(sql, target)));
  }

  Outcome copy(List<Long> placements, FolderPath target) {
    return perform(placements, sql -> local.copy(sql, placements, Store.require(sql, target)));
  }

  Outcome trash(List<Long> placements) {
    if (!store.read(Coverage::knowsFolders) && !inSync.getAsBoolean()) {
      learnTrash();
    }
    return perform(placements, sql -> local.trash(sql, placements));
  }

  /** The server may have one that is called otherwise. */
  private void learnTrash() {
    try {
      learnFolders.run();
    } catch (ConnectionException e) {
      // Offline, the usual name is the best guess.
    }
  }

  Outcome delete(List<Long> placements) {
    boolean[] serverHasSome = {false};
    Outcome outcome =
        perform(
            placements,
            sql -> {
              serverHasSome[0] = Entries.anyListed(sql, placements);
              return local.delete(sql, placements);
            });
    return outcome == Outcome.LOCAL && serverHasSome[0] ? Outcome.QUEUED : outcome;
  }

  private Outcome perform(List<Long> placements, Function<Sql, List<QueuedAction>> change) {
    return perform(sql -> Placements.areHere(sql, placements), change);
  }

  /**
   * Does it here, and, unless the caller does not want to wait, on the server.
   *
   * @param isHere tells, before the change, whether no server needs to know
   */
  Outcome perform(Predicate<Sql> isHere, Function<Sql, List<QueuedAction>> change) {
    boolean[] here = {false};
    List<Long> queued =
        store.write(
            sql -> {
              here[0] = isHere.test(sql);
              return change.apply(sql).stream().map(a -> ActionQueue.add(sql, a)).toList();
            });
    return queued.isEmpty() ? nothingToDo(here[0]) : bring(queued, sql -> {});
  }

  /** A message was put into a folder of the server here, and an action for it is in the queue. */
  Outcome append(long queued, long placement) {
    return bring(List.of(queued), sql -> Rollback.withdraw(sql, placement));
  }

  private Outcome bring(List<Long> queued, Consumer<Sql> whenRefused) {
    if (mode == ActionMode.QUEUE_FIRST || inSync.getAsBoolean()) {
      drainer.wake();
      return Outcome.QUEUED;
    }
    if (!drain.isHalted()) {
      drain.drain(patience, false);
    }
    throwRefusal(queued, whenRefused);
    if (store.read(sql -> queued.stream().anyMatch(id -> ActionQueue.waits(sql, id)))) {
      drainer.wakeLater();
      return Outcome.QUEUED;
    }
    return Outcome.ON_SERVER;
  }

  /** What is as wanted already may have been made so by an action that still waits. */
  private Outcome nothingToDo(boolean here) {
    if (here || !drain.hasServer()) {
      return Outcome.LOCAL;
    }
    return store.read(ActionQueue::count) > 0 ? Outcome.QUEUED : Outcome.ON_SERVER;
  }

  /** A refusal that the caller is told now, whoever's drain met it, is not told again later. */
  private void throwRefusal(List<Long> queued, Consumer<Sql> whenRefused) {
    List<FailedAction> failures =
        store.read(sql -> queued.stream().anyMatch(id -> ActionQueue.hasFailed(sql, id)))
            ? store.write(sql -> take(sql, queued, whenRefused))
            : List.of();
    if (!failures.isEmpty()) {
      FailedAction first = failures.get(0);
      throw rejected(
          first.reason(),
          "the server refused to " + first.description() + ": " + first.serverText());
    }
  }

  private List<FailedAction> take(Sql sql, List<Long> queued, Consumer<Sql> whenRefused) {
    whenRefused.accept(sql);
    return queued.stream()
        .flatMap(id -> ActionQueue.takeFailure(sql, id, store::messageId).stream())
        .toList();
  }

  static RejectedException rejected(Reason reason, String message) {
    return new RejectedException(reason, message, null, List.of());
  }
}
