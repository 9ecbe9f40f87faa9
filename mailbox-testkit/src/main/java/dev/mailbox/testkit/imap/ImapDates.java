// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Dates as the grammar has them (RFC 3501, section 9: date and date-time). */
final class ImapDates {
  private static final DateTimeFormatter DAY = format("d-MMM-uuuu");
  private static final DateTimeFormatter FIXED = format("ppd-MMM-uuuu HH:mm:ss xx");

  private ImapDates() {}

  static String print(Instant instant) {
    return FIXED.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** The day has two characters, of which the first may be a space or a zero. */
  static Instant parse(String text) throws Refusal {
    String padded = text.startsWith("0") ? " " + text.substring(1) : text;
    try {
      return OffsetDateTime.parse(padded, FIXED).toInstant();
    } catch (DateTimeException e) {
      throw Refusal.violation("no date with a time: " + text);
    }
  }

  static LocalDate day(String text) throws Refusal {
    try {
      return LocalDate.parse(text.replaceFirst("^0", ""), DAY);
    } catch (DateTimeException e) {
      throw Refusal.violation("no date: " + text);
    }
  }

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH);
  }
}
