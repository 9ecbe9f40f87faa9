// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.ResponseReader;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** SELECT and EXAMINE (RFC 9051 sections 6.3.2 and 6.3.3). */
public final class Select implements Exchange, ImapSession.Counting {
  private final String folder;
  private final boolean examine;
  private long uidValidity;
  private long uidNext;
  private long exists;
  private Optional<Set<String>> permanentFlags = Optional.empty();

  private Select(String folder, boolean examine) {
    this.folder = folder;
    this.examine = examine;
  }

  /** Enters a folder to change it; the session is in no folder if the server refuses. */
  public static Status select(ImapSession session, String folder) throws WireException {
    return enter(session, new Select(folder, false));
  }

  /** Enters a folder to look at it, anew also when the session is in it. */
  public static Status examine(ImapSession session, String folder) throws WireException {
    return enter(session, new Select(folder, true));
  }

  private static Status enter(ImapSession session, Select select) throws WireException {
    session.drain();
    session.selected(null, 0);
    Status status = session.run(select);
    if (status.isOk()) {
      session.selected(select.result(status), select.exists);
    }
    return status;
  }

  private Selected result(Status status) {
    return new Selected(
        folder, examine || status.has("READ-ONLY"), uidValidity, uidNext, permanentFlags);
  }

  @Override
  public Command command(String tag, Literals literals) {
    return Command.tagged(tag, examine ? "EXAMINE" : "SELECT", literals)
        .string("folder", folder)
        .build();
  }

  @Override
  public boolean untagged(String name, ResponseReader in) throws WireException {
    if (!name.equals("FLAGS")) {
      return false;
    }
    in.skipRest();
    return true;
  }

  @Override
  public void exists(long count) {
    exists = count;
  }

  @Override
  public void noted(Status status) {
    switch (status.code()) {
      case "UIDVALIDITY" -> uidValidity = number(status.argument());
      case "UIDNEXT" -> uidNext = number(status.argument());
      case "PERMANENTFLAGS" -> permanentFlags = Optional.of(flags(status.argument()));
      default -> {}
    }
  }

  private static Set<String> flags(String list) {
    String inside = list.replace("(", "").replace(")", "").strip().toLowerCase(Locale.ROOT);
    return Set.copyOf(new HashSet<>(List.of(inside.split(" +", -1))));
  }

  private static long number(String text) {
    try {
      long value = Long.parseLong(text.strip());
      return value < 0 || value > 0xffff_ffffL ? 0 : value;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public void done(Status status) {}
}
