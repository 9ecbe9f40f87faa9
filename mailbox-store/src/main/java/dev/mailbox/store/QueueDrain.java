// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MailboxException;
import dev.mailbox.MessageGoneException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.StoreException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.TlsException;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.spi.RemoteActions;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.QueuedAction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Does the queued actions on the server, in order, one drain at a time. An action leaves the queue
 * in the transaction that notes what became of it.
 */
final class QueueDrain {
  /** How much an action may fail before it counts as refused. */
  private static final int MOST_DOUBTS = 20;

  private static final int WEIGHT_OF_NO = 4;
  private static final int WEIGHT_OF_LATER = 1;

  private static final ActionResult.Refused BREAKING =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER, "the session ended each time that the server was asked for it");

  private static final Duration FOREVER = Duration.ofDays(365);

  private final Store store;
  private final Optional<RemoteActions> remote;
  private final StoreReplica replica;
  private final Settlement settlement;
  private final LastProblem lastProblem;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean halted;

  QueueDrain(
      Store store, Optional<RemoteActions> remote, StoreReplica replica, LastProblem lastProblem) {
    this.store = store;
    this.remote = remote;
    this.replica = replica;
    this.settlement = new Settlement(store);
    this.lastProblem = lastProblem;
  }

  /** Whether there is a server that actions are done on. */
  boolean hasServer() {
    return remote.isPresent();
  }

  /**
   * Whether the server refused the login, or was not to be trusted, when it was last asked: actions
   * then only queue, until a sync or a flush asks again, so that no account is locked by attempts
   * that nobody asked for.
   */
  boolean isHalted() {
    return halted;
  }

  /**
   * Does what is queued, until the queue is empty or the server cannot be asked.
   *
   * @return why it stopped before the queue was empty
   */
  Optional<MailboxException> drain() {
    return drain(FOREVER, true);
  }

  /**
   * The same, but begins with no action after so long, and waits no longer for its turn.
   *
   * @param asksAnew whether it was asked for by name; else nothing is done while it is halted
   * @return why it stopped before the queue was empty
   */
  Optional<MailboxException> drain(Duration atMost, boolean asksAnew) {
    if (remote.isEmpty()) {
      return Optional.empty();
    }
    long begun = System.nanoTime();
    try {
      if (!turn.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.of(problem(Reason.TIMEOUT, "others use the queue"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(problem(Reason.INTERRUPTED, "interrupted while others use the queue"));
    }
    try {
      if (halted && !asksAnew) {
        return lastProblem.get();
      }
      return drain(remote.get(), () -> System.nanoTime() - begun > atMost.toNanos());
    } finally {
      turn.unlock();
    }
  }

  private static boolean isLasting(MailboxException e) {
    return (e instanceof AuthenticationException || e instanceof TlsException) && !Retry.helps(e);
  }

  private Optional<MailboxException> drain(RemoteActions server, BooleanSupplier isTimeUp) {
    Optional<QueuedAction> next = store.read(ActionQueue::first);
    while (next.isPresent()) {
      if (isTimeUp.getAsBoolean()) {
        return Optional.of(problem(Reason.TIMEOUT, "other actions come first"));
      }
      Optional<MailboxException> problem = perform(server, next.get());
      halted = problem.filter(QueueDrain::isLasting).isPresent();
      if (problem.isPresent()) {
        lastProblem.failed(problem.get());
        return problem;
      }
      lastProblem.succeeded();
      next = store.read(ActionQueue::first);
    }
    halted = false;
    return Optional.empty();
  }

  private Optional<MailboxException> perform(RemoteActions server, QueuedAction action) {
    Settlement.Plan plan = settlement.plan(action);
    Optional<RemoteAction> wanted = plan.wanted();
    ActionResult result;
    try {
      result =
          wanted.isPresent() ? ask(server, action, wanted.get()) : new ActionResult.Done(Map.of());
    } catch (StoreException e) {
      throw e;
    } catch (MailboxException e) {
      return Optional.of(e);
    }
    return settle(plan, result);
  }

  private Optional<MailboxException> settle(Settlement.Plan plan, ActionResult result) {
    if (result instanceof ActionResult.Done done) {
      settlement.done(plan, done);
    } else if (result instanceof ActionResult.Refused refused) {
      settlement.refused(plan.action(), refused);
    } else if (result instanceof ActionResult.Unknown unknown) {
      return Optional.of(lost(unknown.problem()));
    }
    return Optional.empty();
  }

  /** An interrupt of another thread, which did this one's work, is none of this one. */
  private static ConnectionException lost(MailboxException problem) {
    boolean mine =
        problem.reason() == Reason.CLOSED
            || (problem.reason() == Reason.INTERRUPTED && Thread.currentThread().isInterrupted());
    return new ConnectionException(
        mine ? problem.reason() : Reason.DISCONNECTED,
        String.valueOf(problem.getMessage()),
        problem,
        problem.transcript());
  }

  /** What must not be done twice is marked before it is sent, in case nobody lives to mark it. */
  private ActionResult ask(RemoteActions server, QueuedAction queued, RemoteAction action) {
    if (queued.fateUnknown()) {
      Optional<ActionResult> known = lookUp(server, queued, action);
      if (known.isPresent()) {
        return known.get();
      }
      if (store.read(sql -> ActionQueue.doubts(sql, queued.id())) >= MOST_DOUBTS) {
        return BREAKING;
      }
    } else if (!queued.isRepeatable()) {
      String before;
      AtomicBoolean reached = new AtomicBoolean();
      try {
        before = server.before(action, known(queued, reached));
      } catch (RejectedException e) {
        return new ActionResult.Refused(e.reason(), String.valueOf(e.getMessage()));
      } catch (ConnectionException | ProtocolException | LimitException e) {
        if (isTooMuch(queued, e, reached)) {
          return BREAKING;
        }
        throw e;
      }
      store.change(sql -> ActionQueue.sent(sql, queued.id(), before));
    }
    return apply(server, queued, action);
  }

  private Optional<ActionResult> lookUp(
      RemoteActions server, QueuedAction queued, RemoteAction action) {
    AtomicBoolean reached = new AtomicBoolean();
    try {
      return server.lookUp(action, known(queued, reached)).map(ActionResult.class::cast);
    } catch (MailboxException e) {
      boolean isHopeless =
          isLost(queued, e)
              || (!(e instanceof StoreException)
                  && reached.get()
                  && doubt(queued, weight(e)) >= MOST_DOUBTS);
      if (!isHopeless) {
        throw e;
      }
      return Optional.of(
          new ActionResult.Refused(
              e.reason(), "nobody can tell whether it was done: " + e.getMessage()));
    }
  }

  /**
   * How much a failure says that the next one will be the same: what is put off says little, and
   * what this side ended says nothing.
   */
  private static int weight(MailboxException e) {
    if (SyncRunner.isPassing(e)) {
      return WEIGHT_OF_LATER;
    }
    return e instanceof RejectedException || isBreak(e) ? WEIGHT_OF_NO : 0;
  }

  /** Whether the session ended at what the server was asked for. */
  static boolean isBreak(MailboxException e) {
    return e instanceof ProtocolException
        || e instanceof LimitException
        || (e instanceof ConnectionException && !isEndedHere(e) && !SyncRunner.isPassing(e));
  }

  /** Whether this side ended it, which says nothing of the action. */
  private static boolean isEndedHere(MailboxException e) {
    return e.reason() == Reason.CLOSED || e.reason() == Reason.INTERRUPTED;
  }

  /** What fails again and again must not hold up for ever what comes after it. */
  private int doubt(QueuedAction queued, int weight) {
    return weight == 0 ? 0 : store.write(sql -> ActionQueue.doubt(sql, queued.id(), weight));
  }

  private boolean isTooMuch(QueuedAction queued, MailboxException e, AtomicBoolean reached) {
    return reached.get() && isBreak(e) && doubt(queued, WEIGHT_OF_NO) >= MOST_DOUBTS;
  }

  /** Whether the action whose turn it is ended the session more than once. */
  boolean isDoubtful() {
    return store
        .read(sql -> ActionQueue.first(sql).map(action -> ActionQueue.doubts(sql, action.id())))
        .filter(doubts -> doubts > WEIGHT_OF_NO)
        .isPresent();
  }

  /** What came since it was sent may be what it did, although a listing found it. */
  private RemoteActions.Known known(QueuedAction queued, AtomicBoolean reached) {
    StoreReplica own = replica.of(queued);
    Runnable note = () -> reached.set(true);
    return store
        .read(sql -> ActionQueue.sent(sql, queued.id()))
        .map(sent -> new RemoteActions.Known(own.upTo(sent.limit()), sent.before(), note))
        .orElseGet(() -> new RemoteActions.Known(own, "", note));
  }

  private ActionResult apply(RemoteActions server, QueuedAction queued, RemoteAction action) {
    AtomicBoolean reached = new AtomicBoolean();
    try {
      ActionResult result = server.apply(action, known(queued, reached));
      if (result instanceof ActionResult.Unknown unknown && !isEndedHere(unknown.problem())) {
        doubt(queued, WEIGHT_OF_NO);
      }
      return result;
    } catch (MailboxException e) {
      boolean isLost = isLost(queued, e);
      if (e instanceof StoreException && !isLost) {
        throw e;
      }
      // It was not sent, or may be sent again.
      if (!queued.isRepeatable()) {
        store.change(sql -> ActionQueue.notSent(sql, queued.id()));
      }
      if (isLost) {
        return new ActionResult.Refused(e.reason(), String.valueOf(e.getMessage()));
      }
      if (isTooMuch(queued, e, reached)) {
        return BREAKING;
      }
      throw e;
    }
  }

  /** Whether the store has not got, and never will have, what the server is to be given. */
  private static boolean isLost(QueuedAction queued, MailboxException e) {
    boolean isUnreadable =
        queued.kind() == QueuedAction.Kind.APPEND && e.reason() == Reason.STORE_CORRUPT;
    return e instanceof MessageGoneException || isUnreadable;
  }

  private static ConnectionException problem(Reason reason, String text) {
    return new ConnectionException(reason, text, null, List.of());
  }
}
