// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as the grammar has them (RFC 3501, section 9: date and date-time). */
final class ImapDates {
  private static final DateTimeFormatter DAY = format("d-MMM-uuuu");
  private static final DateTimeFormatter FIXED = format("ppd-MMM-uuuu HH:mm:ss xx");

  private static final DateTimeFormatter MAIL = format("d-MMM-uuuu HH:mm:ssxx");
  private static final Pattern SENT =
      Pattern.compile(
          "([0-9]{1,2})\\s+([A-Za-z]{3}\\s+[0-9]{4})\\s+([0-9]{2}:[0-9]{2})(:[0-9]{2})?"
              + "(?:\\s+([+-][0-9]{4}))?");

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

  /** When a mail says it was sent (RFC 5322, section 3.3). */
  static Optional<Instant> sent(String field) {
    Matcher parts = SENT.matcher(field);
    if (!parts.find()) {
      return Optional.empty();
    }
    String seconds = parts.group(4) == null ? ":00" : parts.group(4);
    String zone = parts.group(5) == null ? "+0000" : parts.group(5);
    String text =
        parts.group(1)
            + "-"
            + parts.group(2).replaceAll("\\s+", "-")
            + " "
            + parts.group(3)
            + seconds
            + zone;
    try {
      return Optional.of(OffsetDateTime.parse(text, MAIL).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
