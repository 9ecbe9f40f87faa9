// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.Flag;
import dev.mailbox.search.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes keys of a query, which find at least what matches it. A negation is carried down to the
 * conditions, since the opposite of what finds too much would find too little. Used once.
 */
final class SearchCompiler {
  private static final int DEEPEST = 50;
  private static final int MOST_KEYS = 500;

  /** A server takes at least 8000 bytes in a command (RFC 2683 section 3.2.1.5). */
  private static final int MOST_BYTES = 7000;

  private static final Map<Flag, String> SYSTEM_FLAGS =
      Map.of(
          Flag.SEEN, "SEEN",
          Flag.ANSWERED, "ANSWERED",
          Flag.FLAGGED, "FLAGGED",
          Flag.DRAFT, "DRAFT");

  private int keys;
  private int bytes;

  SearchKey compile(Query query) {
    return compile(query, true, 1);
  }

  /** The keys for what matches, or if not wanted, for what does not. */
  private SearchKey compile(Query query, boolean wanted, int depth) {
    if (depth > DEEPEST) {
      return new SearchKey.All();
    } else if (query instanceof Query.Not not) {
      return compile(not.query(), !wanted, depth + 1);
    } else if (query instanceof Query.And and) {
      return wanted ? and(and.queries(), true, depth) : or(and.queries(), false, depth);
    } else if (query instanceof Query.Or or) {
      return wanted ? or(or.queries(), true, depth) : and(or.queries(), false, depth);
    }
    return condition(query, wanted);
  }

  private SearchKey and(List<Query> queries, boolean wanted, int depth) {
    List<SearchKey> all = new ArrayList<>();
    for (Query query : queries) {
      SearchKey key = compile(query, wanted, depth + 1);
      if (key instanceof SearchKey.None) {
        return new SearchKey.None();
      } else if (!(key instanceof SearchKey.All)) {
        all.add(key);
      }
    }
    return SearchKey.and(all);
  }

  private SearchKey or(List<Query> queries, boolean wanted, int depth) {
    int keysBefore = keys;
    int bytesBefore = bytes;
    List<SearchKey> any = new ArrayList<>();
    for (Query query : queries) {
      SearchKey key = compile(query, wanted, depth + 1);
      if (key instanceof SearchKey.All) {
        // The others need no room.
        keys = keysBefore;
        bytes = bytesBefore;
        return new SearchKey.All();
      }
      any.add(key);
    }
    return SearchKey.or(any);
  }

  private SearchKey condition(Query query, boolean wanted) {
    SearchKey key = new SearchKey.All();
    if (query instanceof Query.All) {
      key = wanted ? new SearchKey.All() : new SearchKey.None();
    } else if (query instanceof Query.HasFlag has) {
      key = flag(has.flag(), wanted);
    } else if (query instanceof Query.Size size) {
      key = wanted ? SizeKeys.within(size) : SizeKeys.outside(size);
    } else if (query instanceof Query.Received span) {
      key = wanted ? DateKeys.received(span) : DateKeys.notReceived(span);
    } else if (wanted) {
      // That text is not there cannot be asked for, nor that a date is outside: there may be none.
      key = positive(query);
    }
    return affordable(key);
  }

  private static SearchKey positive(Query query) {
    if (query instanceof Query.InEnvelope in) {
      return TextKeys.envelope(in);
    } else if (query instanceof Query.InHeader in) {
      return TextKeys.header(in);
    } else if (query instanceof Query.InText text) {
      return TextKeys.words(text);
    } else if (query instanceof Query.Sent span) {
      return DateKeys.sent(span);
    }
    return new SearchKey.All();
  }

  private static SearchKey flag(Flag flag, boolean wanted) {
    String no = wanted ? "" : "UN";
    String system = SYSTEM_FLAGS.get(flag);
    return system != null
        ? SearchKey.leaf(no + system)
        : SearchKey.leaf(no + "KEYWORD", new SearchToken.Keyword(flag));
  }

  /** The key, if there is room for it, else all messages. */
  private SearchKey affordable(SearchKey key) {
    List<SearchToken> tokens = new ArrayList<>();
    key.write(tokens);
    int words = 0;
    int length = 0;
    for (SearchToken token : tokens) {
      words += token instanceof SearchToken.Word ? 1 : 0;
      length += token.shown().getBytes(StandardCharsets.UTF_8).length + 1;
    }
    if (keys + words > MOST_KEYS || bytes + length > MOST_BYTES) {
      return new SearchKey.All();
    }
    keys += words;
    bytes += length;
    return key;
  }
}
