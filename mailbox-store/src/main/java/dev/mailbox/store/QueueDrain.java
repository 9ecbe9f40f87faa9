// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.spi.RemoteActions;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.QueuedAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does the queued actions on the server, in order, one drain at a time. An action leaves the queue
 * in the transaction that notes what became of it.
 */
final class QueueDrain {
  private final Store store;
  private final Optional<RemoteActions> remote;
  private final Settlement settlement;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Runnable waker = () -> {};

  QueueDrain(Store store, Optional<RemoteActions> remote) {
    this.store = store;
    this.remote = remote;
    this.settlement = new Settlement(store);
  }

  /**
   * What a drain came to.
   *
   * @param refusals the actions that the server refused, by their numbers
   * @param problem why it stopped before the queue was empty
   */
  record Result(Map<Long, RejectedException> refusals, Optional<ConnectionException> problem) {}

  /** Lets somebody be told that there is something to drain. */
  void onWake(Runnable newWaker) {
    waker = newWaker;
  }

  void wake() {
    waker.run();
  }

  /** Does what is queued, until the queue is empty or the server cannot be reached. */
  Result drain() {
    Map<Long, RejectedException> refusals = new HashMap<>();
    if (remote.isEmpty()) {
      return new Result(refusals, Optional.empty());
    }
    turn.lock();
    try {
      Optional<QueuedAction> next = store.read(ActionQueue::first);
      while (next.isPresent()) {
        Optional<ConnectionException> problem = perform(remote.get(), next.get(), refusals);
        if (problem.isPresent()) {
          return new Result(refusals, problem);
        }
        next = store.read(ActionQueue::first);
      }
      return new Result(refusals, Optional.empty());
    } finally {
      turn.unlock();
    }
  }

  private Optional<ConnectionException> perform(
      RemoteActions server, QueuedAction action, Map<Long, RejectedException> refusals) {
    ActionResult result;
    try {
      result = ask(server, action);
    } catch (ConnectionException e) {
      return Optional.of(e);
    }
    if (result instanceof ActionResult.Done done) {
      settlement.done(action, done);
    } else if (result instanceof ActionResult.Refused refused) {
      settlement.refused(action, refused);
      refusals.put(
          action.id(),
          new RejectedException(
              refused.reason(),
              "the server refused to " + action.describe() + ": " + refused.serverText(),
              null,
              List.of()));
    } else if (result instanceof ActionResult.Unknown unknown) {
      store.change(
          sql -> {
            ActionQueue.fateUnknown(sql, action.id());
          });
      return Optional.of(
          new ConnectionException(
              dev.mailbox.Reason.DISCONNECTED, unknown.problem(), null, List.of()));
    }
    return Optional.empty();
  }

  private ActionResult ask(RemoteActions server, QueuedAction queued) {
    Optional<RemoteAction> action = settlement.remoteAction(queued);
    if (action.isEmpty()) {
      return new ActionResult.Done(Map.of());
    }
    if (queued.fateUnknown()) {
      Optional<ActionResult.Done> done = server.lookUp(action.get());
      if (done.isPresent()) {
        return done.get();
      }
    }
    return server.apply(action.get());
  }
}
