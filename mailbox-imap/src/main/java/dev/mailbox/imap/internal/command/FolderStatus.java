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
  /**
   * The numbers of a folder.
   *
   * @param uidValidity its UIDVALIDITY; 0 if it was not told
   * @param uidNext a bound above all its UIDs; 0 if it was not told
   */
  public record Numbers(long uidValidity, long uidNext) {
    /** Whether both were told. */
    public boolean areTold() {
      return uidValidity > 0 && uidNext > 0;
    }
  }

  private final String folder;
  private long uidValidity;
  private long uidNext;

  private FolderStatus(String folder) {
    this.folder = folder;
  }

  /**
   * Of a folder that the session need not be in.
   *
   * @throws dev.mailbox.MailboxException if the server refuses
   */
  public static Numbers ask(ImapSession session, String folder) throws WireException {
    FolderStatus numbers = new FolderStatus(folder);
    Status status = session.run(numbers);
    if (!status.isOk()) {
      throw Entering.refused(session, folder, status);
    }
    return new Numbers(numbers.uidValidity, numbers.uidNext);
  }

  @Override
  public Command command(String tag, Literals literals) {
    return Command.tagged(tag, "STATUS", literals)
        .string("folder", folder)
        .open()
        .keyword("UIDVALIDITY")
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
      long number = words[i + 1].matches("[0-9]{1,10}") ? Long.parseLong(words[i + 1]) : 0;
      if (number > UidSet.LARGEST) {
        // No UID can be so great, so it tells nothing.
        number = 0;
      }
      if (words[i].equalsIgnoreCase("UIDNEXT")) {
        uidNext = number;
      } else if (words[i].equalsIgnoreCase("UIDVALIDITY")) {
        uidValidity = number;
      }
    }
    in.skipRest();
    return true;
  }

  @Override
  public void done(Status status) {}
}
