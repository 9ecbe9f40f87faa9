// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.folder.FolderNames;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.FolderVisit;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteActions;
import dev.mailbox.wire.WireException;
import java.util.Collection;

/** A session in which an action is done, and how its server names folders. For one thread. */
final class Workplace {
  private final ImapSession session;
  private final FolderNames names;
  private final Recognition recognition;
  private boolean begun;

  Workplace(ImapSession session, FolderNames names, RemoteActions.Known known) {
    this.session = session;
    this.names = names;
    this.recognition = new Recognition(session, known.replica(), Floor.parse(known.before()));
  }

  ImapSession session() {
    return session;
  }

  /** Notes that the server has done a part of an action that must not be done twice. */
  void begin() {
    begun = true;
  }

  /** Whether the action must not begin anew, but be looked up. */
  boolean hasBegun() {
    return begun;
  }

  /** The name of a folder on the server. */
  String name(FolderPath path) {
    return names.name(path);
  }

  /** Looks into a folder, anew. */
  Selected look(FolderPath path) throws WireException {
    return FolderVisit.anew(session, name(path), true);
  }

  /**
   * Enters a folder to change messages, and finds those that are meant.
   *
   * @throws dev.mailbox.MailboxException if the server refuses, or lets it only be looked at
   */
  Meant open(FolderPath path, Collection<String> keys) throws WireException {
    FolderVisit.change(session, name(path));
    return recognition.meant(path, keys);
  }

  /** Looks into a folder, anew, and finds the messages that are meant. */
  Meant look(FolderPath path, Collection<String> keys) throws WireException {
    look(path);
    return recognition.meant(path, keys);
  }

  /** Knows messages again. */
  Recognition recognition() {
    return recognition;
  }

  /**
   * What a refusal comes to.
   *
   * @throws ConnectionException if the server may do it another time
   */
  ActionResult.Refused refusal(Status status) {
    Reason reason = Failures.reason(status, Reason.REFUSED_BY_SERVER);
    // Of a command, LIMIT means one of the server's own (RFC 5530), which does not pass.
    if (reason != Reason.LIMIT && Failures.isPassing(reason)) {
      throw new ConnectionException(
          reason,
          session.connection().options().endpoint() + ": " + status.shown(),
          null,
          session.connection().transcript().lines());
    }
    return new ActionResult.Refused(reason, status.shown());
  }
}
