// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as IMAP writes them (RFC 9051 section 9, date-time and date). */
public final class ImapDate {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private static final Pattern DATE_TIME =
      Pattern.compile(
          " ?(\\d{1,2})-([A-Za-z]{3})-(\\d{4}) (\\d{2}):(\\d{2}):(\\d{2}) ([+-])(\\d{2})(\\d{2})");

  private ImapDate() {}

  /** Reads {@code 17-Jul-1996 02:44:25 -0700}; empty if it cannot be read. */
  public static Optional<Instant> parse(String text) {
    Matcher m = DATE_TIME.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    try {
      int month = MONTHS.indexOf(m.group(2).toLowerCase(Locale.ROOT)) + 1;
      int sign = m.group(7).equals("-") ? -1 : 1;
      ZoneOffset zone = ZoneOffset.ofHoursMinutes(sign * number(m, 8), sign * number(m, 9));
      return Optional.of(
          LocalDate.of(number(m, 3), month, number(m, 1))
              .atTime(number(m, 4), number(m, 5), Math.min(59, number(m, 6)))
              .toInstant(zone));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /** Writes a moment, in UTC and to the second. */
  public static String print(Instant instant) {
    OffsetDateTime t = instant.atOffset(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%2d-%s-%04d %02d:%02d:%02d +0000",
        t.getDayOfMonth(),
        month(t.getMonthValue()),
        t.getYear(),
        t.getHour(),
        t.getMinute(),
        t.getSecond());
  }

  /** Writes a day, as SEARCH wants it. */
  public static String print(LocalDate day) {
    return String.format(
        Locale.ROOT, "%d-%s-%04d", day.getDayOfMonth(), month(day.getMonthValue()), day.getYear());
  }

  private static String month(int number) {
    String name = MONTHS.get(number - 1);
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
