// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.imap.internal.command.Entering;
import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.command.Select;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.search.Query;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a server which messages may match. */
public final class ServerSearch {
  private static final int SET_CHARS = 1000;
  private static final long MOST_FOUND = 2_000_000;
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
    if (found.size() > MOST_FOUND) {
      throw session.connection().garbled("the server finds more messages than a folder holds");
    }
    List<Long> uids = new ArrayList<>();
    found.forEach(uids::add);
    if (question.newestFirst()) {
      Map<Long, Instant> arrivals = arrivals(session, found);
      Comparator<Long> order =
          Comparator.comparing((Long uid) -> arrivals.getOrDefault(uid, Instant.EPOCH));
      uids.sort(order.thenComparing(Comparator.naturalOrder()).reversed());
    }
    return uids.stream().map(uid -> UidKeys.key(selected.uidValidity(), uid)).toList();
  }

  /**
   * What is asked.
   *
   * @param query the condition
   * @param newestFirst whether the order matters
   */
  public record Question(Query query, boolean newestFirst) {}

  private static Map<Long, Instant> arrivals(ImapSession session, UidSet uids)
      throws WireException {
    Map<Long, Instant> arrivals = new HashMap<>();
    if (uids.size() > 1) {
      for (UidSet piece : uids.chunks(Integer.MAX_VALUE, SET_CHARS)) {
        session.submit(
            new Fetch(
                piece.toString(),
                Fetch.ARRIVAL,
                piece.size() * LINE_BYTES,
                data -> data.internalDate().ifPresent(at -> arrivals.put(data.uid(), at)),
                status -> {}));
      }
      session.drain();
    }
    return arrivals;
  }
}
