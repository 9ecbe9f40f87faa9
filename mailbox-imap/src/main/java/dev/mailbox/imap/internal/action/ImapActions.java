// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.command.FolderStatus;
import dev.mailbox.imap.internal.command.Noop;
import dev.mailbox.imap.internal.connect.Sessions;
import dev.mailbox.imap.internal.folder.Catalog;
import dev.mailbox.imap.internal.folder.FolderNames;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.spi.RemoteActions;
import dev.mailbox.wire.WireException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Does actions on the server. Safe for several threads. */
public final class ImapActions implements RemoteActions {
  private final Sessions sessions;
  private final Catalog catalog;
  private final Map<FolderPath, Floor> floors = new ConcurrentHashMap<>();

  /** Actions by way of these connections. */
  public ImapActions(Sessions sessions, Catalog catalog) {
    this.sessions = sessions;
    this.catalog = catalog;
  }

  @Override
  public String before(RemoteAction action, Known known) {
    Optional<FolderPath> target = target(action);
    if (target.isEmpty()) {
      return "";
    }
    Floor floor = Floor.of(target.get(), known.replica());
    if (floor.isKnown()) {
      return floor.text();
    }
    // What was asked for once holds as a bound; with a folder that nothing is known of, often.
    Floor asked = floors.get(target.get());
    if (asked == null) {
      asked = ask(target.get(), known);
      floors.put(target.get(), asked);
    }
    return asked.text();
  }

  private Floor ask(FolderPath target, Known known) {
    try {
      return visit(known, at -> Floor.of(FolderStatus.ask(at.session(), at.name(target))));
    } catch (RejectedException e) {
      if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.IMPOSSIBLE) {
        throw e;
      }
      // One may put messages into a folder that one may not look into (RFC 4314).
      return Floor.NONE;
    }
  }

  /** What is done of an action. */
  @FunctionalInterface
  private interface Work<T> {
    T at(Workplace place) throws WireException;
  }

  /**
   * Does a part of an action. What fails before the server has answered anything else in the
   * session is not the action's: a new session is asked something first, and one that was used may
   * have ended meanwhile.
   */
  private <T> T visit(Known known, Work<T> work) {
    return sessions.visit(
        session -> {
          long before = session.answered();
          FolderNames names = catalog.names(session);
          if (!session.isProven()) {
            Noop.ask(session);
          }
          try {
            return work.at(new Workplace(session, names, known));
          } finally {
            if (session.answered() > before) {
              known.reached().run();
            }
          }
        });
  }

  /** What the server has told of since is known; what it did not tell, or tells anew, is not. */
  private void raise(RemoteAction action, ActionResult result) {
    Optional<FolderPath> target = target(action);
    if (target.isPresent()) {
      Collection<String> told =
          result instanceof ActionResult.Done done ? done.newKeys().values() : List.of();
      floors.computeIfPresent(target.get(), (path, floor) -> floor.raised(told).orElse(null));
    }
  }

  /** The folder in which it makes messages. */
  private static Optional<FolderPath> target(RemoteAction action) {
    if (action instanceof RemoteAction.Move move) {
      return Optional.of(move.target());
    } else if (action instanceof RemoteAction.Copy copy) {
      return Optional.of(copy.target());
    } else if (action instanceof RemoteAction.Append append) {
      return Optional.of(append.folder());
    }
    return Optional.empty();
  }

  @Override
  public ActionResult apply(RemoteAction action, Known known) {
    ActionResult result = visit(known, at -> apply(at, action));
    raise(action, result);
    return result;
  }

  private static ActionResult apply(Workplace at, RemoteAction action) throws WireException {
    ImapSession session = at.session();
    try {
      return perform(at, action);
    } catch (RejectedException e) {
      String text = String.valueOf(e.getMessage());
      return at.hasBegun()
          ? new ActionResult.Unknown(e)
          : new ActionResult.Refused(e.reason(), text);
    } catch (WireException e) {
      session.close();
      if (isRepeatable(action)) {
        throw e;
      }
      return new ActionResult.Unknown(Failures.of(e));
    } catch (ConnectionException | AuthenticationException e) {
      if (isRepeatable(action) || (session.isOpen() && !at.hasBegun())) {
        throw e;
      }
      return new ActionResult.Unknown(e);
    }
  }

  private static boolean isRepeatable(RemoteAction action) {
    return action instanceof RemoteAction.ChangeFlags || action instanceof RemoteAction.Delete;
  }

  private static ActionResult perform(Workplace at, RemoteAction action) throws WireException {
    if (action instanceof RemoteAction.ChangeFlags change) {
      return FlagChange.apply(at, change);
    } else if (action instanceof RemoteAction.Move move) {
      return MessageTransfer.move(at, move);
    } else if (action instanceof RemoteAction.Copy copy) {
      return MessageTransfer.copy(at, copy);
    } else if (action instanceof RemoteAction.Delete delete) {
      return Deletion.apply(at, delete);
    } else if (action instanceof RemoteAction.Append append) {
      return Appending.apply(at, append);
    } else if (action instanceof RemoteAction.CreateFolder create) {
      return FolderActions.create(at, create);
    } else if (action instanceof RemoteAction.RenameFolder rename) {
      return FolderActions.rename(at, rename);
    } else if (action instanceof RemoteAction.DeleteFolder delete) {
      return FolderActions.delete(at, delete);
    }
    throw new IllegalArgumentException("an unknown action");
  }

  @Override
  public Optional<ActionResult.Done> lookUp(RemoteAction action, Known known) {
    return visit(
        known,
        at -> {
          Optional<LookUp.Found> found = new LookUp(at).look(action);
          return found.isEmpty()
              ? Optional.empty()
              : Optional.of(Completion.of(at, action, found.get()));
        });
  }
}
