// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two forms in which IMAP writes dates (RFC 9051 section 9: date-time, date-text). */
public final class ImapDate {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          " ?(\\d{1,2})-([A-Za-z]{3})-(\\d{4}) (\\d{2}):(\\d{2}):(\\d{2}) ([+-]\\d{2})([0-5]\\d)");

  private ImapDate() {}

  /**
   * Reads an INTERNALDATE, such as {@code 17-Jul-1996 02:44:25 -0700}, without its quotation marks.
   * The day may have one digit, with or without a space before it, and the month is read in any
   * case. Empty if it is not of this form, or is no date.
   */
  public static Optional<Instant> parse(String text) {
    Matcher matcher = DATE_TIME.matcher(text);
    return matcher.matches() ? instant(matcher) : Optional.empty();
  }

  private static Optional<Instant> instant(Matcher parts) {
    int second = number(parts, 6);
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(parts, 3),
              month(parts.group(2)),
              number(parts, 1),
              number(parts, 4),
              number(parts, 5),
              // A leap second is the next one to Java.
              Math.min(second, 59));
      long offset = 60L * (60 * Math.abs(number(parts, 7)) + number(parts, 8));
      long east = parts.group(7).startsWith("-") ? -offset : offset;
      long leap = second == 60 ? 1 : 0;
      return second > 60
          ? Optional.empty()
          : Optional.of(Instant.ofEpochSecond(local.toEpochSecond(ZoneOffset.UTC) - east + leap));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  /** 1 to 12, or 0, which is no month. */
  private static int month(String name) {
    String title =
        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).toLowerCase(Locale.ROOT);
    return MONTHS.indexOf(title) + 1;
  }

  /**
   * The form that APPEND takes, in UTC and whole seconds, without quotation marks; a day of one
   * digit has a space before it.
   *
   * @throws IllegalArgumentException if the year does not have at most four digits
   */
  public static String dateTime(Instant instant) {
    OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
    checkYear(utc.getYear());
    return String.format(
        Locale.ROOT,
        "%2d-%s-%04d %02d:%02d:%02d +0000",
        utc.getDayOfMonth(),
        MONTHS.get(utc.getMonthValue() - 1),
        utc.getYear(),
        utc.getHour(),
        utc.getMinute(),
        utc.getSecond());
  }

  /**
   * The form that SEARCH takes, such as {@code 1-Feb-1994}.
   *
   * @throws IllegalArgumentException if the year does not have at most four digits
   */
  public static String date(LocalDate date) {
    checkYear(date.getYear());
    return String.format(
        Locale.ROOT,
        "%d-%s-%04d",
        date.getDayOfMonth(),
        MONTHS.get(date.getMonthValue() - 1),
        date.getYear());
  }

  private static void checkYear(int year) {
    if (year < 0 || year > 9999) {
      throw new IllegalArgumentException("IMAP writes a year with four digits: " + year);
    }
  }
}
