// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.ResponseReader;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;

/** STATUS (RFC 9051 section 6.3.11), as far as the next UID is concerned. */
public final class FolderStatus implements Exchange {
  private final String folder;
  private long uidNext;

  private FolderStatus(String folder) {
    this.folder = folder;
  }

  /** A bound above all UIDs of a folder that the session need not be in; 0 if it is not told. */
  public static long uidNext(ImapSession session, String folder) throws WireException {
    FolderStatus status = new FolderStatus(folder);
    session.run(status);
    return status.uidNext;
  }

  @Override
  public Command command(String tag, Literals literals) {
    return Command.tagged(tag, "STATUS", literals)
        .string("folder", folder)
        .open()
        .keyword("UIDNEXT")
        .close()
        .build();
  }

  @Override
  public boolean untagged(String name, ResponseReader in) throws WireException {
    if (!name.equals("STATUS")) {
      return false;
    }
    in.string();
    in.spaces();
    String[] words = in.list().strip().split(" +", -1);
    for (int i = 0; i + 1 < words.length; i += 2) {
      if (words[i].equalsIgnoreCase("UIDNEXT") && words[i + 1].matches("[0-9]{1,10}")) {
        uidNext = Math.min(Long.parseLong(words[i + 1]), UidSet.LARGEST);
      }
    }
    in.skipRest();
    return true;
  }

  @Override
  public void done(Status status) {}
}
