// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.Flag;
import dev.mailbox.imap.internal.grammar.ImapDate;
import dev.mailbox.search.Query;
import dev.mailbox.wire.Command;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A query as keys of SEARCH (RFC 9051 section 6.4.4), which find at least what matches.
 *
 * <p>What matches is decided by the local copy, in which text is decoded, case does not count, and
 * a moment is a moment; servers compare text in ways of their own, and days in zones of their own.
 * So each condition is asked for a little more widely than it is meant: text by its words, days by
 * one more on both sides, and what cannot be asked for more widely, such as the absence of a text,
 * not at all.
 */
public final class SearchProgram {
  /** A key, which may hold others. */
  sealed interface Key {}

  /** All messages. */
  record All() implements Key {}

  /** No message. */
  record None() implements Key {}

  /** A key without arguments, such as {@code SEEN}. */
  record Word(String name) implements Key {}

  /** A key with a keyword. */
  record Keyword(String flag) implements Key {}

  /** A key with a text. */
  record Text(String name, String text) implements Key {}

  /** A key about a header field. */
  record Field(String name, String text) implements Key {}

  /** A key with a date. */
  record Day(String name, LocalDate day) implements Key {}

  /** A key with a number. */
  record Bound(String name, long number) implements Key {}

  /** All of these. */
  record And(List<Key> keys) implements Key {}

  /** One of these. */
  record Or(Key one, Key other) implements Key {}

  /** Not this, which is exact. */
  record Not(Key key) implements Key {}

  /** What separates the pieces of a text: our text shows names and addresses in a form of ours. */
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\x00-\\x1f<>\",;()\\\\\\x7f]+");

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
  private static final int MOST_KEYS = 200;

  /**
   * What servers take at least in one line, 8192 bytes (RFC 7162 section 4), less what joins keys.
   */
  private static final int MOST_BYTES = 6000;

  private static final int DEEPEST = 40;
  private static final int LONGEST_TEXT = 1000;
  private static final long LARGEST = 0xffff_ffffL;

  private final Key key;
  private int keys;
  private long bytes;

  private SearchProgram(Query query) {
    this.key = over(query, 0);
  }

  /** The program for a query. */
  public static SearchProgram of(Query query) {
    return new SearchProgram(query);
  }

  /** Whether it holds text that is not ASCII. */
  public boolean needsUtf8() {
    return needsUtf8(key);
  }

  /** Adds its keys to a command. */
  public Command.Builder appendTo(Command.Builder builder) {
    builder.keyword("UNDELETED");
    if (!(key instanceof All)) {
      append(key, builder);
    }
    return builder;
  }

  /** Whether it is known without asking that nothing matches. */
  public boolean findsNothing() {
    return key instanceof None;
  }

  /** What finds at least all that match. */
  private Key over(Query query, int depth) {
    if (depth > DEEPEST || keys > MOST_KEYS) {
      return new All();
    }
    if (query instanceof Query.And and) {
      return all(and.queries().stream().map(q -> over(q, depth + 1)).toList());
    } else if (query instanceof Query.Or or) {
      return any(or.queries().stream().map(q -> over(q, depth + 1)).toList());
    } else if (query instanceof Query.Not not) {
      return overNot(not.query(), depth + 1);
    }
    return ifShort(leaf(query));
  }

  /** The key, or that of all messages if there is no room for it. */
  private Key ifShort(Key leaf) {
    Command.Builder builder = Command.named("SEARCH");
    append(leaf, builder);
    long size = builder.build().sizeInBytes();
    if (bytes + size > MOST_BYTES) {
      return new All();
    }
    keys++;
    bytes += size;
    return leaf;
  }

  /** What finds at least all that do not match. */
  private Key overNot(Query query, int depth) {
    if (depth > DEEPEST || keys > MOST_KEYS) {
      return new All();
    }
    if (query instanceof Query.And and) {
      return any(and.queries().stream().map(q -> overNot(q, depth + 1)).toList());
    } else if (query instanceof Query.Or or) {
      return all(or.queries().stream().map(q -> overNot(q, depth + 1)).toList());
    } else if (query instanceof Query.Not not) {
      return over(not.query(), depth + 1);
    }
    if (query instanceof Query.HasFlag has) {
      return ifShort(new Not(flag(has.flag())));
    }
    return query instanceof Query.All ? new None() : new All();
  }

  private static Key all(List<Key> keys) {
    List<Key> kept = keys.stream().filter(k -> !(k instanceof All)).toList();
    if (kept.stream().anyMatch(None.class::isInstance)) {
      return new None();
    }
    return kept.isEmpty() ? new All() : kept.size() == 1 ? kept.get(0) : new And(kept);
  }

  private static Key any(List<Key> keys) {
    List<Key> kept = keys.stream().filter(k -> !(k instanceof None)).toList();
    if (kept.stream().anyMatch(All.class::isInstance)) {
      return new All();
    }
    if (kept.isEmpty()) {
      return new None();
    }
    Key result = kept.get(kept.size() - 1);
    for (int i = kept.size() - 2; i >= 0; i--) {
      result = new Or(kept.get(i), result);
    }
    return result;
  }

  private static Key leaf(Query query) {
    if (query instanceof Query.HasFlag has) {
      return flag(has.flag());
    } else if (query instanceof Query.InEnvelope in) {
      return envelope(in);
    } else if (query instanceof Query.InHeader in) {
      Key value = field(in.name(), in.text());
      return value instanceof All ? new Field(in.name(), "") : value;
    } else if (query instanceof Query.InText in) {
      return texts("TEXT", pieces(NO_WORD, in.words()));
    } else if (query instanceof Query.Received span) {
      return span("SINCE", "BEFORE", span.from(), span.until());
    } else if (query instanceof Query.Sent span) {
      return span("SENTSINCE", "SENTBEFORE", span.from(), span.until());
    } else if (query instanceof Query.Size size) {
      return size(size);
    }
    return new All();
  }

  private static Key flag(Flag flag) {
    return flag.isSystem()
        ? new Word(flag.name().substring(1).toUpperCase(Locale.ROOT))
        : new Keyword(flag.name());
  }

  private static Key envelope(Query.InEnvelope in) {
    List<String> pieces = pieces(SEPARATORS, in.text());
    return switch (in.field()) {
      case FROM -> texts("FROM", pieces);
      case TO -> texts("TO", pieces);
      case CC -> texts("CC", pieces);
      case SUBJECT -> texts("SUBJECT", pieces);
      case RECIPIENT ->
          any(List.of(texts("TO", pieces), texts("CC", pieces), texts("BCC", pieces)));
      case MESSAGE_ID -> field("Message-ID", in.text());
    };
  }

  private static Key field(String name, String text) {
    List<Key> fields = new ArrayList<>();
    pieces(SEPARATORS, text).forEach(piece -> fields.add(new Field(name, piece)));
    return all(fields);
  }

  private static Key texts(String name, List<String> pieces) {
    List<Key> texts = new ArrayList<>();
    pieces.forEach(piece -> texts.add(new Text(name, piece)));
    return all(texts);
  }

  private static List<String> pieces(Pattern separators, String text) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    return separators
        .splitAsStream(cut)
        .filter(piece -> !piece.isEmpty() && isWhole(piece))
        .distinct()
        .toList();
  }

  /** Whether it can be sent: half a surrogate pair cannot. */
  private static boolean isWhole(String piece) {
    return piece.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  private static Key span(String since, String before, Instant from, Instant until) {
    List<Key> days = new ArrayList<>();
    if (from.isAfter(Instant.parse("1000-01-01T00:00:00Z"))) {
      days.add(new Day(since, day(from).minusDays(1)));
    }
    if (until.isBefore(Instant.parse("9000-01-01T00:00:00Z"))) {
      days.add(new Day(before, day(until).plusDays(2)));
    }
    return all(days);
  }

  private static LocalDate day(Instant instant) {
    Instant least = Instant.parse("1000-01-03T00:00:00Z");
    Instant most = Instant.parse("9000-01-01T00:00:00Z");
    Instant within = instant.isBefore(least) ? least : instant.isAfter(most) ? most : instant;
    return within.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static Key size(Query.Size size) {
    List<Key> bounds = new ArrayList<>();
    if (size.atLeast() > 0) {
      bounds.add(new Bound("LARGER", Math.min(size.atLeast() - 1, LARGEST)));
    }
    if (size.atMost() < LARGEST) {
      bounds.add(new Bound("SMALLER", Math.max(0, size.atMost() + 1)));
    }
    return all(bounds);
  }

  private static boolean needsUtf8(Key key) {
    if (key instanceof Text text) {
      return isNotAscii(text.text());
    } else if (key instanceof Field field) {
      return isNotAscii(field.text());
    } else if (key instanceof And and) {
      return and.keys().stream().anyMatch(SearchProgram::needsUtf8);
    } else if (key instanceof Or or) {
      return needsUtf8(or.one()) || needsUtf8(or.other());
    }
    return false;
  }

  private static boolean isNotAscii(String text) {
    return text.chars().anyMatch(c -> c > 0x7f);
  }

  private static void append(Key key, Command.Builder out) {
    if (key instanceof And and) {
      and.keys().forEach(k -> appendOne(k, out));
    } else if (key instanceof Or or) {
      out.keyword("OR");
      appendOne(or.one(), out);
      appendOne(or.other(), out);
    } else if (key instanceof Not not) {
      out.keyword("NOT");
      appendOne(not.key(), out);
    } else {
      leaf(key, out);
    }
  }

  /** Where one key is wanted, several stand in parentheses. */
  private static void appendOne(Key key, Command.Builder out) {
    if (key instanceof And) {
      out.open();
      append(key, out);
      out.close();
    } else {
      append(key, out);
    }
  }

  private static void leaf(Key key, Command.Builder out) {
    if (key instanceof Word word) {
      out.keyword(word.name());
    } else if (key instanceof Keyword keyword) {
      out.keyword("KEYWORD").atom("flag", keyword.flag());
    } else if (key instanceof Text text) {
      out.keyword(text.name()).string("text", text.text());
    } else if (key instanceof Field field) {
      out.keyword("HEADER").string("field", field.name()).string("text", field.text());
    } else if (key instanceof Day day) {
      out.keyword(day.name()).atom("date", ImapDate.print(day.day()));
    } else if (key instanceof Bound bound) {
      out.keyword(bound.name()).number(bound.number());
    } else if (key instanceof None) {
      out.keyword("NOT").keyword("ALL");
    } else {
      out.keyword("ALL");
    }
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
