// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Points in time as people read and write them. */
final class Moments {
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private Moments() {}

  static String local(Instant instant, ZoneId zone) {
    return SHORT.format(instant.atZone(zone));
  }

  /**
   * Reads a date, a date and time, an instant, or an age such as {@code 7d} or {@code 12h}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Instant parse(String text, ZoneId zone, Instant now) {
    try {
      if (text.matches("\\d{1,5}[dh]")) {
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return now.minus(text.endsWith("d") ? Duration.ofDays(count) : Duration.ofHours(count));
      }
      if (text.endsWith("Z")) {
        return Instant.parse(text);
      }
      return text.contains("T")
          ? LocalDateTime.parse(text).atZone(zone).toInstant()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "not a time: " + text + "; say 2026-11-23, 2026-11-23T14:00, 7d or 12h", e);
    }
  }
}
