// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidPairs;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;

/**
 * UID COPY (RFC 9051 section 6.4.7) and UID MOVE (section 6.4.8), which tell the new UIDs where the
 * server can (RFC 4315).
 */
public final class Transfer implements Exchange {
  /** Some servers tell of each message by itself; beyond what was asked for they are made up. */
  private static final int MOST_CODES = 1000;

  private final String keyword;
  private final String uids;
  private final String folder;
  private UidPairs pairs = UidPairs.NONE;
  private int codes;

  private Transfer(String keyword, String uids, String folder) {
    this.keyword = keyword;
    this.uids = uids;
    this.folder = folder;
  }

  /**
   * What came of it.
   *
   * @param status the server's
   * @param pairs the old UIDs with the new, as far as it told
   */
  public record Result(Status status, UidPairs pairs) {}

  /** Copies messages. */
  public static Result copy(ImapSession session, String uids, String folder) throws WireException {
    return run(session, new Transfer("COPY", uids, folder));
  }

  /** Moves messages. */
  public static Result move(ImapSession session, String uids, String folder) throws WireException {
    return run(session, new Transfer("MOVE", uids, folder));
  }

  private static Result run(ImapSession session, Transfer transfer) throws WireException {
    Status status = session.run(transfer);
    return new Result(status, transfer.pairs);
  }

  @Override
  public Command command(String tag, Literals literals) {
    return Command.tagged(tag, "UID", literals)
        .keyword(keyword)
        .set("uids", uids)
        .string("folder", folder)
        .build();
  }

  @Override
  public void noted(Status status) {
    if (status.has("COPYUID") && codes++ < MOST_CODES) {
      pairs = pairs.and(UidPairs.parse(status.argument()));
    }
  }

  @Override
  public void done(Status status) {
    noted(status);
  }
}
