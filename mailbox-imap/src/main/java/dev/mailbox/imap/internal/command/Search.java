// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.ResponseReader;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** UID SEARCH (RFC 9051 section 6.4.4), with results as sets where the server can (RFC 4731). */
public final class Search implements Exchange {
  /** More than any folder holds; beyond it a server is making them up. */
  private static final long MOST_FOUND = 2_000_000;

  private static final int MOST_INTERVALS = 1_000_000;
  private static final int MOST_NUMBERS = 5_000_000;
  private static final int MOST_LISTS = 100_000;
  private static final int MOST_SETS = 100;
  private static final int SET_CHARS = 1000;

  private final boolean asSet;
  private final boolean utf8;
  private final UnaryOperator<Command.Builder> keys;
  private final UidSet.Builder listed = UidSet.builder();
  private UidSet found = UidSet.empty();
  private int numbers;
  private int lists;
  private int sets;
  private @Nullable Status refusal;

  private Search(boolean asSet, boolean utf8, UnaryOperator<Command.Builder> keys) {
    this.asSet = asSet;
    this.utf8 = utf8;
    this.keys = keys;
  }

  /**
   * The UIDs of messages of the selected folder; each is one, but there may be two million.
   *
   * @param utf8 whether the keys hold text that is not ASCII
   * @param keys adds what to search for
   * @throws dev.mailbox.MailboxException if the server refuses
   */
  public static UidSet ask(ImapSession session, boolean utf8, UnaryOperator<Command.Builder> keys)
      throws WireException {
    Search search = new Search(session.capabilities().esearch(), utf8, keys);
    // A server may search before a command sent before it has ended (RFC 9051 section 5.5).
    session.drain();
    session.submit(search);
    session.drain();
    Status no = search.refusal;
    if (no != null) {
      throw Failures.command(session.connection(), "search", no);
    }
    UidSet all = search.found.union(search.listed.build());
    if (all.size() > MOST_FOUND) {
      throw session.connection().garbled("the server finds more messages than a folder holds");
    }
    return all;
  }

  /**
   * Those of these messages that are there. Where single messages cannot be expunged, one that is
   * marked as deleted is not.
   *
   * @throws dev.mailbox.MailboxException if the server refuses
   */
  public static UidSet present(ImapSession session, UidSet uids) throws WireException {
    boolean marksCount = session.capabilities().marksCount();
    UidSet found = UidSet.empty();
    for (UidSet piece : uids.chunks(Integer.MAX_VALUE, SET_CHARS)) {
      UidSet some =
          ask(
              session,
              false,
              keys ->
                  (marksCount ? keys.keyword("UNDELETED") : keys)
                      .keyword("UID")
                      .set("uids", piece.toString()));
      found = found.union(some.intersect(piece));
    }
    return found;
  }

  @Override
  public Command command(String tag, Literals literals) {
    Command.Builder builder = Command.tagged(tag, "UID", literals).keyword("SEARCH");
    if (asSet) {
      builder.keyword("RETURN").open().keyword("ALL").close();
    }
    if (utf8) {
      builder.keyword("CHARSET").atom("charset", "UTF-8");
    }
    return keys.apply(builder).build();
  }

  @Override
  public boolean untagged(String name, ResponseReader in) throws WireException {
    if (name.equals("SEARCH")) {
      list(in);
    } else if (name.equals("ESEARCH")) {
      set(in);
    } else {
      return false;
    }
    return true;
  }

  private void list(ResponseReader in) throws WireException {
    require(++lists <= MOST_LISTS, in);
    in.spaces();
    while (in.atDigit()) {
      listed.add(in.uid());
      require(++numbers <= MOST_NUMBERS && listed.ranges() <= MOST_INTERVALS, in);
      in.spaces();
    }
    in.skipRest();
  }

  private void merge(ResponseReader in, UidSet more) throws WireException {
    found = found.union(more);
    boolean possible = found.size() <= MOST_FOUND && found.ranges() <= MOST_INTERVALS;
    require(++sets <= MOST_SETS && possible, in);
  }

  private static void require(boolean within, ResponseReader in) throws WireException {
    if (!within) {
      throw in.garbled("the server finds messages without end");
    }
  }

  private void set(ResponseReader in) throws WireException {
    while (!in.atEnd()) {
      in.spaces();
      if (in.peek() == '(') {
        in.skipValue();
      } else if (in.name().equals("ALL")) {
        in.spaces();
        merge(in, parsed(in));
      }
      in.spaces();
    }
  }

  private static UidSet parsed(ResponseReader in) throws WireException {
    try {
      return UidSet.parse(in.word());
    } catch (IllegalArgumentException e) {
      throw in.garbled("a set of UIDs expected");
    }
  }

  @Override
  public void done(Status status) {
    refusal = status.isOk() ? null : status;
  }
}
