// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.ActionMode;
import dev.mailbox.FailedAction;
import dev.mailbox.MailboxException;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.StoreException;
import dev.mailbox.change.Change;
import dev.mailbox.connect.AuthenticationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Brings what a copy shows to its server, in order, on the thread that asks for it. */
final class Queue {
  private final Server server;
  private final Copy copy;
  private final Link link;
  private final ActionMode mode;
  private final BooleanSupplier inSync;

  /** Whose turn it is to do the next action. */
  private final ReentrantLock turn = new ReentrantLock();

  /** Refused, and somebody waits to hear of it. */
  private final Map<Action, MailboxException> refused = new HashMap<>();

  private final Map<Action, Thread> awaited = new HashMap<>();

  Queue(Server server, Copy copy, Link link, Asking asking) {
    this.server = server;
    this.copy = copy;
    this.link = link;
    this.mode = asking.mode();
    this.inSync = asking.inSync();
  }

  /** Whether to wait for the server, and whether the thread is a synchronization's listener. */
  record Asking(ActionMode mode, BooleanSupplier inSync) {}

  /**
   * The server refused the login: actions then only queue, until a synchronization or a flush asks
   * again.
   */
  private volatile boolean halted;

  /** Brings what was just put into the queue, unless the caller does not want to wait. */
  Outcome bring(List<Action> actions) {
    if (mode == ActionMode.QUEUE_FIRST || inSync.getAsBoolean() || !link.isThere()) {
      return Outcome.QUEUED;
    }
    server.read(() -> actions.stream().map(a -> awaited.put(a, Thread.currentThread())).toList());
    Optional<MailboxException> unused = drain(Span.UNBOUNDED, false);
    return server.read(() -> outcome(actions));
  }

  private Outcome outcome(List<Action> actions) {
    MailboxException problem = null;
    for (Action each : actions) {
      awaited.remove(each);
      MailboxException refusal = refused.remove(each);
      problem = problem == null ? refusal : problem;
    }
    if (problem != null) {
      throw problem;
    }
    return actions.stream().anyMatch(copy.queue()::contains) ? Outcome.QUEUED : Outcome.ON_SERVER;
  }

  /**
   * Does all that waits, as far as the time goes; gives what ended that early, or was put off.
   *
   * @param asksAnew whether it was asked for by name; else nothing is done while it is halted
   */
  Optional<MailboxException> drain(Duration atMost, boolean asksAnew) {
    if (turn.isHeldByCurrentThread() || (halted && !asksAnew)) {
      // What a test runs before an action acts itself; that is done after it.
      return Optional.empty();
    }
    Span limit = Span.of(atMost);
    try {
      if (!turn.tryLock() && !turn.tryLock(limit.left(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(Problems.broken(Reason.INTERRUPTED, "the thread was interrupted"));
    }
    try {
      return drain(limit);
    } catch (Link.TimeUp e) {
      return Optional.empty();
    } finally {
      turn.unlock();
    }
  }

  private Optional<MailboxException> drain(Span limit) {
    Session session = link.session();
    PutOff putOff = new PutOff();
    for (Action next = next(putOff); next != null && limit.left() > 0; next = next(putOff)) {
      Optional<MailboxException> problem = perform(next, session, limit);
      if (problem.isPresent() && !session.isOpen()) {
        halted = halted || problem.get() instanceof AuthenticationException;
        return problem;
      }
      halted = false;
      Action done = next;
      server.read(() -> problem.map(why -> putOff.add(done, why)));
    }
    return putOff.problem();
  }

  private @Nullable Action next(PutOff putOff) {
    return server.read(
        () ->
            copy.queue().stream().filter(each -> !putOff.holdsBack(each)).findFirst().orElse(null));
  }

  private Optional<MailboxException> perform(Action action, Session session, Span limit) {
    try {
      session.ask(new Faults.Request(action.operation(), server.read(action::folders)), limit);
      server.change(
          () -> {
            action.perform(server, copy);
            return copy.queue().remove(action);
          });
      link.reached();
      return Optional.empty();
    } catch (RejectedException | StoreException e) {
      server.change(() -> refuse(action, e));
      return Optional.empty();
    } catch (MailboxException e) {
      link.failed(e);
      return Optional.of(e);
    }
  }

  /** Undoes it, and before that, the last first, what was built on it. */
  private boolean refuse(Action action, MailboxException problem) {
    List<Fallen.Part> parts = Fallen.with(action, copy.queue());
    var inherited = Problems.rejected(problem.reason(), "an action before it was refused");
    for (int i = parts.size() - 1; i >= 0; i--) {
      giveUp(parts.get(i), inherited);
    }
    giveUp(new Fallen.Part(action, List.copyOf(action.messages())), problem);
    return true;
  }

  private void giveUp(Fallen.Part part, MailboxException problem) {
    Action action = part.action();
    boolean whole = part.messages().size() == action.messages().size();
    if (whole) {
      boolean unused = copy.queue().remove(action);
    }
    boolean told = awaited.containsKey(action);
    if (told) {
      refused.put(action, problem);
    }
    if (action instanceof FolderAction folderAction) {
      folderAction.undo(copy);
      note(action, Optional.empty(), problem, told);
    }
    for (Placement each : part.messages()) {
      if (action instanceof DeleteAction || each.body().holders().contains(each)) {
        undo(action, each, told);
        MessageId id = action.subject(each).id();
        note(action, Optional.of(id), problem, told);
        copy.feed().add(at -> new Change.ActionFailed(at, id, action.folders().get(0)));
      }
      if (!whole) {
        action.leaveOut(each);
      }
    }
  }

  /** Who waits for what was appended is told, and has it no more. */
  private void undo(Action action, Placement message, boolean told) {
    if (action instanceof AppendAction && told) {
      copy.hide(message, Change.Cause.DELETED_HERE);
    } else {
      action.undo(copy, message);
    }
  }

  private void note(
      Action action, Optional<MessageId> message, MailboxException problem, boolean told) {
    if (!told) {
      String text = String.valueOf(problem.getMessage());
      copy.failed()
          .add(
              new FailedAction(
                  message, action.description(), problem.reason(), text, server.clock().instant()));
    }
  }

  boolean isEmpty() {
    return server.read(copy.queue()::isEmpty);
  }
}
