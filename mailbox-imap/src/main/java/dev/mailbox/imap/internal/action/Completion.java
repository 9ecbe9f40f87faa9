// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.RejectedException;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.ActionResult.Refused;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings an action to its end of which the server has done a part. */
final class Completion {
  private final Workplace at;
  private final Map<String, String> newKeys;
  private final Map<String, Refused> refused;

  private Completion(Workplace at, LookUp.Found found) {
    this.at = at;
    this.newKeys = new HashMap<>(found.newKeys());
    this.refused = new HashMap<>(found.refused());
  }

  /**
   * Does what is left.
   *
   * @throws dev.mailbox.MailboxException if it is not known what has become of that, or if it is
   *     put off
   */
  static ActionResult.Done of(Workplace at, RemoteAction action, LookUp.Found found)
      throws WireException {
    Completion completion = new Completion(at, found);
    if (action instanceof RemoteAction.Move move) {
      completion.remove(move, found.copied());
      completion.move(move, found.missing());
    } else if (action instanceof RemoteAction.Copy copy) {
      completion.copy(copy, found.missing());
    }
    return new ActionResult.Done(completion.newKeys, completion.refused);
  }

  private void remove(RemoteAction.Move move, List<String> copied) throws WireException {
    if (!copied.isEmpty()) {
      refused.putAll(MessageTransfer.removeOriginals(at, move.folder(), copied));
    }
  }

  private void move(RemoteAction.Move move, List<String> missing) throws WireException {
    if (!missing.isEmpty()) {
      try {
        add(MessageTransfer.move(at, new RemoteAction.Move(move.folder(), missing, move.target())));
      } catch (RejectedException e) {
        refuse(missing, e);
      }
    }
  }

  private void copy(RemoteAction.Copy copy, List<String> missing) throws WireException {
    if (!missing.isEmpty()) {
      try {
        add(MessageTransfer.copy(at, new RemoteAction.Copy(copy.folder(), missing, copy.target())));
      } catch (RejectedException e) {
        refuse(missing, e);
      }
    }
  }

  private void add(ActionResult.Done rest) {
    newKeys.putAll(rest.newKeys());
    refused.putAll(rest.refused());
  }

  /** What is told as refused must not have been begun. */
  private void refuse(List<String> keys, RejectedException e) {
    if (at.hasBegun()) {
      throw e;
    }
    Refused no = new Refused(e.reason(), String.valueOf(e.getMessage()));
    keys.forEach(key -> refused.put(key, no));
  }
}
