// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.search.Query;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Keys for spans of time. Servers know only days, in the zone of the message or of their own, which
 * may be the day before or after that in UTC.
 */
final class DateKeys {
  /** Days that are asked for lie after 1970, where the clocks of many servers begin. */
  private static final Instant EARLIEST = Instant.parse("1970-02-01T00:00:00Z");

  /** Days that are asked for have a year of four digits. */
  private static final Instant LATEST = Instant.parse("9999-12-01T00:00:00Z");

  private static final LocalDate VERY_OLD = LocalDate.of(1980, 1, 2);

  /** Zones reach from -12 to +14 hours. */
  private static final int ARRIVAL_DAYS = 1;

  /** A Date field may claim any zone; up to a day and an hour is believed. */
  private static final int SENT_DAYS = 2;

  private DateKeys() {}

  static SearchKey received(Query.Received span) {
    return within(
        span.from(), span.until(), since("SINCE", ARRIVAL_DAYS), before("BEFORE", ARRIVAL_DAYS));
  }

  static SearchKey notReceived(Query.Received span) {
    if (!span.from().isBefore(span.until())) {
      return new SearchKey.All();
    }
    return SearchKey.or(
        List.of(
            span.from().equals(Instant.MIN)
                ? new SearchKey.None()
                : before("BEFORE", ARRIVAL_DAYS).key(span.from()),
            span.until().equals(Instant.MAX)
                ? new SearchKey.None()
                : since("SINCE", ARRIVAL_DAYS).key(span.until())));
  }

  /** Servers read fewer dates than we do, and take those that they cannot read for very old. */
  static SearchKey sent(Query.Sent span) {
    Bound since = since("SENTSINCE", SENT_DAYS);
    return within(
        span.from(),
        span.until(),
        from -> SearchKey.or(List.of(since.key(from), day("SENTBEFORE", VERY_OLD))),
        before("SENTBEFORE", SENT_DAYS));
  }

  /** Makes a key of a bound. */
  private interface Bound {
    SearchKey key(Instant instant);
  }

  private static SearchKey within(Instant from, Instant until, Bound since, Bound before) {
    return from.isBefore(until)
        ? SearchKey.and(List.of(since.key(from), before.key(until)))
        : new SearchKey.None();
  }

  /** At the bound or later. */
  private static Bound since(String word, int spareDays) {
    return from -> {
      if (from.isBefore(EARLIEST)) {
        return new SearchKey.All();
      }
      Instant bound = from.isAfter(LATEST) ? LATEST : from;
      return day(word, LocalDate.ofInstant(bound, ZoneOffset.UTC).minusDays(spareDays));
    };
  }

  /** Before the bound. */
  private static Bound before(String word, int spareDays) {
    return until -> {
      if (until.isAfter(LATEST)) {
        return new SearchKey.All();
      }
      Instant bound = until.isBefore(EARLIEST) ? EARLIEST : until;
      LocalDate lastDay = LocalDate.ofInstant(bound.minusNanos(1), ZoneOffset.UTC);
      return day(word, lastDay.plusDays(spareDays + 1L));
    };
  }

  private static SearchKey day(String word, LocalDate date) {
    return SearchKey.leaf(word, new SearchToken.Day(date));
  }
}
