// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The messages that a search found, in the order in which they are to be told. */
final class SearchResult {
  private final SessionState session;
  private final FolderView view;
  private final List<Integer> numbers;
  private final boolean byUid;

  SearchResult(SessionState session, List<Integer> numbers, boolean byUid) throws Refusal {
    this.session = session;
    this.view = session.view();
    this.numbers = numbers;
    this.byUid = byUid;
  }

  /** What {@code $} stands for from now on (RFC 5182, section 2.4). */
  Set<Long> saved(ReturnOptions options) {
    boolean all = options.names().isEmpty() || options.has("ALL") || options.has("COUNT");
    Set<Long> uids = new HashSet<>();
    for (int i = 0; i < numbers.size(); i++) {
      boolean first = i == 0 && options.has("MIN");
      boolean last = i == numbers.size() - 1 && options.has("MAX");
      if (all || first || last) {
        uids.add(view.at(numbers.get(i)).message().uid());
      }
    }
    return uids;
  }

  /** By the old response, which lists all. */
  void tell(String name, boolean withModSeq, ImapReply reply) {
    var line = new StringBuilder("* ").append(name);
    told().forEach(n -> line.append(' ').append(n));
    if (withModSeq && !numbers.isEmpty()) {
      line.append(" (MODSEQ ").append(highestModSeq(numbers)).append(')');
    }
    reply.line(line.toString());
  }

  /** By ESEARCH (RFC 4731), whose MODSEQ is that of the messages that are told. */
  void tellExtended(ReturnOptions options, boolean withModSeq, ImapReply reply) {
    if (options.names().isEmpty()) {
      return;
    }
    List<Long> told = told();
    var line = new StringBuilder("* ESEARCH (TAG \"" + session.tag() + "\")");
    line.append(byUid ? " UID" : "");
    List<Integer> counted = new ArrayList<>();
    if (options.has("MIN") && !told.isEmpty()) {
      line.append(" MIN ").append(told.get(0));
      counted.add(numbers.get(0));
    }
    if (options.has("MAX") && !told.isEmpty()) {
      line.append(" MAX ").append(told.get(told.size() - 1));
      counted.add(numbers.get(numbers.size() - 1));
    }
    if (options.has("ALL") && !told.isEmpty()) {
      line.append(" ALL ").append(SequenceSet.format(told));
    }
    if (options.has("COUNT")) {
      line.append(" COUNT ").append(told.size());
    }
    if (withModSeq && !numbers.isEmpty()) {
      boolean all = options.has("ALL") || options.has("COUNT") || counted.isEmpty();
      line.append(" MODSEQ ").append(highestModSeq(all ? numbers : counted));
    }
    reply.line(line.toString());
  }

  private List<Long> told() {
    List<Long> told = new ArrayList<>(numbers.size());
    numbers.forEach(n -> told.add(byUid ? view.at(n).message().uid() : n));
    return told;
  }

  private long highestModSeq(List<Integer> among) {
    return among.stream().mapToLong(n -> view.at(n).message().modSeq()).max().orElse(0);
  }
}
