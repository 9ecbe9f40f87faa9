// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.imap.internal.search.SearchToken.Close;
import dev.mailbox.imap.internal.search.SearchToken.Open;
import dev.mailbox.search.Query;
import dev.mailbox.wire.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * A query as the keys of a SEARCH command (RFC 9051 section 6.4.4). Immutable.
 *
 * <p>What the server finds with them is meant to hold all that matches, and may be more: what
 * matches is decided by the copy, whose rules are finer. So a key is as strict as it can be without
 * losing a message:
 *
 * <ul>
 *   <li>Text is cut into the pieces between white space and what header fields quote and punctuate
 *       with, because a server may see the field as it was folded and quoted. Where text must
 *       <em>not</em> be there, nothing is asked.
 *   <li>Dates are asked for with days to spare, because a server compares days in zones of its own.
 *   <li>Flags and sizes are exact.
 *   <li>A part of the query that is too deep or too long for a command is not asked for.
 * </ul>
 *
 * <p>A message can still be missed where the server's idea of text is narrower than that: if it
 * finds only whole words, does not decode what it searches, or, for text outside of ASCII and for
 * accents, which {@link Query#text} ignores, tells letters apart that are the same to us.
 */
public final class SearchProgram {
  private final List<SearchToken> tokens;

  private SearchProgram(List<SearchToken> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /** The keys that ask for a query. */
  public static SearchProgram of(Query query) {
    List<SearchToken> tokens = new ArrayList<>();
    new SearchCompiler().compile(query).write(tokens);
    return new SearchProgram(tokens);
  }

  /** Whether the command must say {@code CHARSET UTF-8}, unless UTF-8 was agreed on already. */
  public boolean needsUtf8() {
    return tokens.stream().anyMatch(SearchToken::needsUtf8);
  }

  /** Adds the keys, at least one, to a command. */
  public Command.Builder appendTo(Command.Builder command) {
    tokens.forEach(token -> token.appendTo(command));
    return command;
  }

  /** The keys, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    boolean glued = true;
    for (SearchToken token : tokens) {
      text.append(glued || token instanceof Close ? "" : " ").append(token.shown());
      glued = token instanceof Open;
    }
    return text.toString();
  }
}
