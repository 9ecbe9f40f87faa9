// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.imap.internal.command.Folders;
import dev.mailbox.imap.internal.command.ListFolders;
import dev.mailbox.imap.internal.command.Unselect;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.Map;

/**
 * Makes, renames and deletes folders. What is so already is done; of a folder that is to be made,
 * many servers say so only in words, or not at all where it is there as a parent of others.
 */
final class FolderActions {
  private static final ActionResult DONE = new ActionResult.Done(Map.of());

  private FolderActions() {}

  static ActionResult create(Workplace at, RemoteAction.CreateFolder create) throws WireException {
    String name = at.name(create.folder());
    Status status = Folders.create(at.session(), name);
    boolean there =
        status.isOk() || status.has("ALREADYEXISTS") || ListFolders.has(at.session(), name);
    return there ? DONE : at.refusal(status);
  }

  static ActionResult rename(Workplace at, RemoteAction.RenameFolder rename) throws WireException {
    Unselect.leave(at.session());
    Status status =
        Folders.rename(at.session(), at.name(rename.folder()), at.name(rename.target()));
    return status.isOk() ? DONE : at.refusal(status);
  }

  static ActionResult delete(Workplace at, RemoteAction.DeleteFolder delete) throws WireException {
    Unselect.leave(at.session());
    Status status = Folders.delete(at.session(), at.name(delete.folder()));
    return status.isOk() || status.has("NONEXISTENT") ? DONE : at.refusal(status);
  }
}
