// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MessageGoneException;
import dev.mailbox.content.Address;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.Headers;
import dev.mailbox.search.Query;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.mime.ParsedHeader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A query made ready to be asked of many messages. For one thread. */
final class QueryMatcher {
  private final Predicate<Candidate> predicate;
  private final Function<MessageRow, byte[]> headerReader;

  /**
   * Makes a query ready.
   *
   * @param textHits the contents in which each text of the query occurs
   * @param headerReader reads the header block of a message
   */
  QueryMatcher(
      Query query, Map<String, Set<Long>> textHits, Function<MessageRow, byte[]> headerReader) {
    this.headerReader = headerReader;
    this.predicate = compile(query, textHits);
  }

  boolean matches(MessageRow row) {
    try {
      return predicate.test(new Candidate(row));
    } catch (MessageGoneException e) {
      // It was removed while it was looked at.
      return false;
    }
  }

  /** The texts that a query looks for in bodies. */
  static Stream<String> texts(Query query) {
    if (query instanceof Query.And and) {
      return and.queries().stream().flatMap(QueryMatcher::texts);
    } else if (query instanceof Query.Or or) {
      return or.queries().stream().flatMap(QueryMatcher::texts);
    } else if (query instanceof Query.Not not) {
      return texts(not.query());
    } else if (query instanceof Query.InText text) {
      return Stream.of(text.words());
    }
    return Stream.empty();
  }

  /** Whether a query looks into bodies. */
  static boolean needsBodies(Query query) {
    return texts(query).findAny().isPresent();
  }

  /** Whether a query matches messages because a text is not in them. */
  static boolean excludesText(Query query) {
    if (query instanceof Query.And and) {
      return and.queries().stream().anyMatch(QueryMatcher::excludesText);
    } else if (query instanceof Query.Or or) {
      return or.queries().stream().anyMatch(QueryMatcher::excludesText);
    }
    return query instanceof Query.Not not && needsBodies(not.query());
  }

  private static Predicate<Candidate> compile(Query query, Map<String, Set<Long>> hits) {
    if (query instanceof Query.And and) {
      List<Predicate<Candidate>> all = compileAll(and.queries(), hits);
      return c -> all.stream().allMatch(p -> p.test(c));
    } else if (query instanceof Query.Or or) {
      List<Predicate<Candidate>> any = compileAll(or.queries(), hits);
      return c -> any.stream().anyMatch(p -> p.test(c));
    } else if (query instanceof Query.Not not) {
      return compile(not.query(), hits).negate();
    } else if (query instanceof Query.InText text) {
      Set<Long> found = hits.getOrDefault(text.words(), Set.of());
      return c -> found.contains(c.row.content().id());
    }
    return leaf(query);
  }

  private static List<Predicate<Candidate>> compileAll(
      List<Query> queries, Map<String, Set<Long>> hits) {
    return queries.stream().map(q -> compile(q, hits)).toList();
  }

  private static Predicate<Candidate> leaf(Query query) {
    if (query instanceof Query.HasFlag flag) {
      return c -> c.row.flags().toSet().contains(flag.flag());
    } else if (query instanceof Query.InEnvelope in) {
      String needle = Fold.fold(in.text());
      return c -> inField(c.envelope(), in.field(), needle);
    } else if (query instanceof Query.InHeader in) {
      String needle = Fold.fold(in.text());
      return c -> c.headers().all(in.name()).stream().anyMatch(v -> has(v, needle));
    } else if (query instanceof Query.Received span) {
      return c -> within(c.row.receivedAt(), span.from(), span.until());
    } else if (query instanceof Query.Sent span) {
      return c -> sentWithin(c.row.content().sentAt(), span);
    } else if (query instanceof Query.Size size) {
      return c -> {
        long bytes = c.row.content().sizeInBytes();
        return bytes >= size.atLeast() && bytes <= size.atMost();
      };
    }
    return c -> true;
  }

  private static boolean sentWithin(Optional<Instant> sentAt, Query.Sent span) {
    return sentAt.filter(at -> within(at, span.from(), span.until())).isPresent();
  }

  private static boolean within(Instant at, Instant from, Instant until) {
    return !at.isBefore(from) && at.isBefore(until);
  }

  private static boolean inField(Envelope envelope, Query.Field field, String needle) {
    return switch (field) {
      case FROM -> inAddresses(envelope.from(), needle);
      case TO -> inAddresses(envelope.to(), needle);
      case CC -> inAddresses(envelope.cc(), needle);
      case RECIPIENT ->
          inAddresses(envelope.to(), needle)
              || inAddresses(envelope.cc(), needle)
              || inAddresses(envelope.bcc(), needle);
      case SUBJECT -> has(envelope.subject(), needle);
      case MESSAGE_ID -> has(envelope.messageId(), needle);
    };
  }

  private static boolean inAddresses(List<Address> addresses, String needle) {
    return addresses.stream().anyMatch(address -> has(address.toString(), needle));
  }

  private static boolean has(String text, String foldedNeedle) {
    return Fold.fold(text).contains(foldedNeedle);
  }

  /** A message that is being looked at; taken apart only as far as the query asks. */
  private final class Candidate {
    private final MessageRow row;
    private Optional<Envelope> envelope = Optional.empty();
    private Optional<Headers> headers = Optional.empty();

    Candidate(MessageRow row) {
      this.row = row;
    }

    Envelope envelope() {
      if (envelope.isEmpty()) {
        envelope = Optional.of(row.content().envelope());
      }
      return envelope.get();
    }

    Headers headers() {
      if (headers.isEmpty()) {
        headers = Optional.of(ParsedHeader.parse(headerReader.apply(row)).headers());
      }
      return headers.get();
    }
  }
}
