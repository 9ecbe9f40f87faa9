// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The date of a field, with the old forms of years and zones (RFC 5322, sections 3.3 and 4.3). */
final class MailDate {
  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{1,2})\\s+([A-Za-z]{3})\\s+(\\d{2,4})\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?"
              + "(?:\\s+([+-]\\d{4}|[A-Za-z]{1,4}))?");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final Map<String, Integer> ZONES =
      Map.of(
          "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);

  private MailDate() {}

  /** The first date in a text, if there is one that exists. */
  static Optional<Instant> parse(String text) {
    Matcher found = DATE.matcher(text);
    if (!found.find()) {
      return Optional.empty();
    }
    int month = MONTHS.indexOf(found.group(2).toLowerCase(Locale.ROOT)) + 1;
    try {
      LocalDateTime time =
          LocalDateTime.of(
              year(found), month, number(found, 1), number(found, 4), number(found, 5));
      int second = found.group(6) == null ? 0 : Math.min(59, number(found, 6));
      return Optional.of(time.plusSeconds(second).toInstant(zone(found.group(7))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(MatchResult found, int group) {
    return Integer.parseInt(found.group(group));
  }

  private static int year(MatchResult found) {
    int year = number(found, 3);
    return year >= 1000 ? year : year < 50 ? 2000 + year : 1900 + year;
  }

  private static ZoneOffset zone(String text) {
    if (text == null) {
      return ZoneOffset.UTC;
    }
    if (text.length() == 5 && !Character.isLetter(text.charAt(0))) {
      int hours = Integer.parseInt(text.substring(1, 3));
      int minutes = Integer.parseInt(text.substring(3));
      int sign = text.charAt(0) == '-' ? -1 : 1;
      return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }
    return ZoneOffset.ofHours(ZONES.getOrDefault(text.toUpperCase(Locale.ROOT), 0));
  }
}
