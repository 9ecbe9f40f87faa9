// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.imap.internal.command.Entering;
import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.command.Select;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.FetchData;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.search.Query;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.wire.WireException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Asks a server which messages may match. */
public final class ServerSearch {
  private static final int SET_CHARS = 1000;
  private static final int LINE_BYTES = 80;

  private ServerSearch() {}

  /** The keys, in the order of their UIDs or of arrival, the newest first. */
  public static List<String> find(
      ImapSession session, String name, RemoteFolder folder, Question question)
      throws WireException {
    Status status = Select.examine(session, name);
    if (!status.isOk()) {
      throw Entering.refused(session, name, status);
    }
    Selected selected = session.selected().orElseThrow();
    if (selected.uidValidity() == 0) {
      throw Failures.withoutValidity(session.connection(), folder.path().toString());
    }
    SearchProgram program = SearchProgram.of(question.query());
    if (selected.exists() == 0) {
      return List.of();
    }
    UidSet found =
        Search.ask(
            session,
            program.needsUtf8(),
            keys ->
                program.appendTo(
                    session.capabilities().marksCount() ? keys.keyword("UNDELETED") : keys));
    long[] order = new long[(int) found.size()];
    int[] count = new int[1];
    found.forEach(uid -> order[count[0]++] = uid);
    if (question.newestFirst()) {
      newestFirst(session, found, order);
    }
    return new Keys(order, selected.uidValidity());
  }

  /** Keys that are written when they are asked for: there may be very many UIDs. */
  private static final class Keys extends AbstractList<String> implements RandomAccess {
    private final long[] uids;
    private final long uidValidity;

    Keys(long[] uids, long uidValidity) {
      this.uids = uids;
      this.uidValidity = uidValidity;
    }

    @Override
    public String get(int index) {
      return UidKeys.key(uidValidity, uids[index]);
    }

    @Override
    public int size() {
      return uids.length;
    }
  }

  /**
   * What is asked.
   *
   * @param query the condition
   * @param newestFirst whether the order matters
   */
  public record Question(Query query, boolean newestFirst) {}

  /** Brings UIDs, which ascend, into the order of arrival; those not told of are the oldest. */
  private static void newestFirst(ImapSession session, UidSet found, long[] uids)
      throws WireException {
    long[] arrivals = new long[uids.length];
    if (uids.length > 1) {
      for (UidSet piece : found.chunks(Integer.MAX_VALUE, SET_CHARS)) {
        session.submit(
            new Fetch(
                piece.toString(),
                Fetch.ARRIVAL,
                piece.size() * LINE_BYTES,
                data -> note(data, uids, arrivals),
                status -> {}));
      }
      session.drain();
    }
    for (int i = 0; i < uids.length; i++) {
      arrivals[i] = sortable(arrivals[i]) | uids[i];
    }
    Arrays.sort(arrivals);
    for (int i = 0; i < uids.length; i++) {
      uids[i] = arrivals[uids.length - 1 - i] & UidSet.LARGEST;
    }
  }

  private static void note(FetchData data, long[] uids, long[] arrivals) {
    int index = Arrays.binarySearch(uids, data.uid());
    if (index >= 0) {
      data.internalDate().ifPresent(at -> arrivals[index] = at.getEpochSecond());
    }
  }

  /** A second, of those from 1970 to 2106, in the upper half of a number that sorts as it does. */
  private static long sortable(long second) {
    return (Math.max(0, Math.min(UidSet.LARGEST, second)) + Integer.MIN_VALUE) << 32;
  }
}
