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
 * Does the queued actions on the server, in order, one drain at a time; only what does not depend
 * on an action that the server has put off comes before that. An action leaves the queue in the
 * transaction that notes what became of it.
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
  private volatile long stoppedAt;

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
    PutOff putOff = new PutOff();
    Optional<QueuedAction> next = store.read(sql -> ActionQueue.next(sql, 0));
    while (next.isPresent()) {
      if (isTimeUp.getAsBoolean()) {
        return Optional.of(problem(Reason.TIMEOUT, "other actions come first"));
      }
      QueuedAction action = next.get();
      if (!putOff.holdsBack(action)) {
        Optional<MailboxException> problem = perform(server, action, putOff);
        halted = problem.filter(QueueDrain::isLasting).isPresent();
        if (problem.isPresent()) {
          stoppedAt = action.id();
          lastProblem.failed(problem.get());
          return problem;
        }
        putOff.problem().ifPresentOrElse(lastProblem::failed, lastProblem::succeeded);
      }
      next = store.read(sql -> ActionQueue.next(sql, action.id()));
    }
    halted = false;
    return putOff.problem();
  }

  /** Why nothing can be done; what only the action has to wait for is noted. */
  private Optional<MailboxException> perform(
      RemoteActions server, QueuedAction action, PutOff putOff) {
    Settlement.Plan plan = settlement.plan(action);
    Optional<RemoteAction> wanted = plan.wanted();
    AtomicBoolean reached = new AtomicBoolean();
    ActionResult result;
    try {
      result =
          wanted.isPresent()
              ? ask(new Turn(server, action, wanted.get(), reached))
              : new ActionResult.Done(Map.of());
    } catch (StoreException e) {
      throw e;
    } catch (MailboxException e) {
      if (reached.get() && (e instanceof RejectedException || SyncRunner.isPassing(e))) {
        putOff.add(action, e);
        return Optional.empty();
      }
      return Optional.of(e);
    }
    return settle(plan, result);
  }

  /**
   * An action whose turn it is.
   *
   * @param reached whether the server answers, so that a failure is the action's
   */
  private record Turn(
      RemoteActions server, QueuedAction queued, RemoteAction action, AtomicBoolean reached) {
    long id() {
      return queued.id();
    }
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
  private ActionResult ask(Turn turn) {
    if (turn.queued().fateUnknown()) {
      Optional<ActionResult> known = lookUp(turn);
      if (known.isPresent()) {
        return known.get();
      }
      if (store.read(sql -> ActionQueue.doubts(sql, turn.id())) >= MOST_DOUBTS) {
        return BREAKING;
      }
    } else if (!turn.queued().isRepeatable()) {
      String before;
      try {
        before = turn.server().before(turn.action(), known(turn));
      } catch (RejectedException e) {
        return new ActionResult.Refused(e.reason(), String.valueOf(e.getMessage()));
      } catch (ConnectionException | ProtocolException | LimitException e) {
        if (isTooMuch(turn, e)) {
          return BREAKING;
        }
        throw e;
      }
      store.change(sql -> ActionQueue.sent(sql, turn.id(), before));
    }
    return apply(turn);
  }

  private Optional<ActionResult> lookUp(Turn turn) {
    try {
      return turn.server().lookUp(turn.action(), known(turn)).map(ActionResult.class::cast);
    } catch (MailboxException e) {
      boolean isHopeless =
          isLost(turn.queued(), e)
              || (!(e instanceof StoreException)
                  && turn.reached().get()
                  && doubt(turn, weight(e)) >= MOST_DOUBTS);
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
  private int doubt(Turn turn, int weight) {
    return weight == 0 ? 0 : store.write(sql -> ActionQueue.doubt(sql, turn.id(), weight));
  }

  private boolean isTooMuch(Turn turn, MailboxException e) {
    return turn.reached().get() && isBreak(e) && doubt(turn, WEIGHT_OF_NO) >= MOST_DOUBTS;
  }

  /** Whether the action at which it stopped ended the session more than once. */
  boolean isDoubtful() {
    return store.read(sql -> ActionQueue.doubts(sql, stoppedAt)) > WEIGHT_OF_NO;
  }

  /** What came since it was sent may be what it did, although a listing found it. */
  private RemoteActions.Known known(Turn turn) {
    turn.reached().set(false);
    StoreReplica own = replica.of(turn.queued());
    Runnable note = () -> turn.reached().set(true);
    return store
        .read(sql -> ActionQueue.sent(sql, turn.id()))
        .map(sent -> new RemoteActions.Known(own.upTo(sent.limit()), sent.before(), note))
        .orElseGet(() -> new RemoteActions.Known(own, "", note));
  }

  private ActionResult apply(Turn turn) {
    ActionResult result;
    try {
      result = turn.server().apply(turn.action(), known(turn));
    } catch (MailboxException e) {
      return notApplied(turn, e);
    } catch (IllegalArgumentException e) {
      return unsaid(turn, e);
    }
    if (result instanceof ActionResult.Unknown unknown && !isEndedHere(unknown.problem())) {
      doubt(turn, WEIGHT_OF_NO);
    }
    return result;
  }

  /**
   * What the protocol cannot say it never can, and what comes after it must not wait for it; unless
   * the server has done it all the same, which is looked up.
   */
  private ActionResult unsaid(Turn turn, IllegalArgumentException e) {
    Optional<ActionResult> known = turn.queued().isRepeatable() ? Optional.empty() : lookUp(turn);
    return known.orElseGet(
        () -> new ActionResult.Refused(Reason.IMPOSSIBLE, String.valueOf(e.getMessage())));
  }

  /** It was not sent, or may be sent again. */
  private ActionResult notApplied(Turn turn, MailboxException e) {
    boolean isLost = isLost(turn.queued(), e);
    if (e instanceof StoreException && !isLost) {
      throw e;
    }
    if (!turn.queued().isRepeatable()) {
      store.change(sql -> ActionQueue.notSent(sql, turn.id()));
    }
    if (isLost) {
      return new ActionResult.Refused(e.reason(), String.valueOf(e.getMessage()));
    }
    if (isTooMuch(turn, e)) {
      return BREAKING;
    }
    throw e;
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
