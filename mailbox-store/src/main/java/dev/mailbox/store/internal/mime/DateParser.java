// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a date (RFC 5322 section 3.3 and 4.3), and what real mail has in its place: ISO 8601, the
 * form of C's asctime, slashes, missing seconds, zones or commas, full names of months, comments
 * anywhere. A wrong weekday is ignored; a missing or unknown zone is UTC.
 */
final class DateParser {
  private static final int MAX_CHARS = 256;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final Map<String, Integer> ZONE_HOURS =
      Map.ofEntries(
          Map.entry("est", -5),
          Map.entry("edt", -4),
          Map.entry("cst", -6),
          Map.entry("cdt", -5),
          Map.entry("mst", -7),
          Map.entry("mdt", -6),
          Map.entry("pst", -8),
          Map.entry("pdt", -7),
          Map.entry("bst", 1),
          Map.entry("cet", 1),
          Map.entry("met", 1),
          Map.entry("cest", 2),
          Map.entry("mest", 2),
          Map.entry("eet", 2),
          Map.entry("eest", 3),
          Map.entry("msk", 3),
          Map.entry("jst", 9));

  private final String text;
  private int pos;
  private int day = -1;
  private int month = -1;
  private int year = -1;
  private int secondOfDay = -1;
  private boolean pm;
  private boolean am;
  private int offsetSeconds;
  private boolean afterMonth;

  private DateParser(String text) {
    this.text = text;
  }

  /** The instant that an unfolded value names, empty if it names none. */
  static Optional<Instant> parse(String value) {
    String bounded = value.length() > MAX_CHARS ? value.substring(0, MAX_CHARS) : value;
    return new DateParser(HeaderText.withoutComments(bounded)).parse();
  }

  private Optional<Instant> parse() {
    while (pos < text.length()) {
      char c = text.charAt(pos);
      if (isDigit(c)) {
        number();
      } else if (isLetter(c)) {
        word();
      } else {
        pos++;
      }
    }
    return instant();
  }

  private Optional<Instant> instant() {
    if (day < 1 || month < 1 || year < 0 || year > 9999) {
      return Optional.empty();
    }
    try {
      long epochDay = LocalDate.of(year, month, day).toEpochDay();
      long seconds = epochDay * 86_400 + timeOfDay() - offsetSeconds;
      return Optional.of(Instant.ofEpochSecond(seconds));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private int timeOfDay() {
    int time = Math.max(0, secondOfDay);
    int halfDay = 43_200;
    if (pm && time < halfDay) {
      return time + halfDay;
    }
    return am && time >= halfDay ? time - halfDay : time;
  }

  private void word() {
    int start = pos;
    while (pos < text.length() && isLetter(text.charAt(pos))) {
      pos++;
    }
    String word = text.substring(start, pos).toLowerCase(Locale.ROOT);
    int named = word.length() < 3 ? -1 : MONTHS.indexOf(word.substring(0, 3));
    afterMonth = false;
    if (named >= 0 && named % 3 == 0 && month < 0) {
      month = named / 3 + 1;
      afterMonth = true;
    } else if (word.equals("pm")) {
      pm = true;
    } else if (word.equals("am")) {
      am = true;
    } else if (secondOfDay >= 0 && offsetSeconds == 0) {
      offsetSeconds = ZONE_HOURS.getOrDefault(word, 0) * 3600;
    }
  }

  private void number() {
    int start = pos;
    int value = digits();
    int length = pos - start;
    if (isZone(start)) {
      zone(start, value, length);
    } else if (secondOfDay < 0 && atColon()) {
      time(value);
    } else if ((at('-') || at('/')) && nextIsDigit() && month < 0) {
      numericDate(value, length);
    } else if (day < 0 && length <= 2) {
      day = value;
    } else if (year < 0) {
      year = fullYear(value, length);
    }
    afterMonth = false;
  }

  private boolean isZone(int start) {
    if (start == 0 || secondOfDay < 0 || afterMonth) {
      return false;
    }
    char sign = text.charAt(start - 1);
    return sign == '+' || sign == '-';
  }

  private void zone(int start, int value, int length) {
    int hours = length <= 2 ? value : value / 100;
    int minutes = length <= 2 ? 0 : value % 100;
    if (length <= 2 && at(':') && nextIsDigit()) {
      pos++;
      minutes = digits();
    }
    if (length <= 4 && hours <= 24 && minutes < 60) {
      int seconds = hours * 3600 + minutes * 60;
      offsetSeconds = text.charAt(start - 1) == '-' ? -seconds : seconds;
    }
  }

  private void time(int hour) {
    pos++;
    int minute = nextDigitsOr(0);
    int second = 0;
    if (atColon()) {
      pos++;
      second = nextDigitsOr(0);
    }
    if (at('.') && nextIsDigit()) {
      pos++;
      digits();
    }
    if (hour <= 24 && minute < 60 && second <= 60) {
      secondOfDay = hour * 3600 + minute * 60 + second;
    }
  }

  /**
   * Year first as in ISO 8601, else month first as in the United States, where slashes come from.
   */
  private void numericDate(int first, int firstLength) {
    pos++;
    int second = digits();
    int third = -1;
    int thirdStart = pos + 1;
    if ((at('-') || at('/')) && nextIsDigit()) {
      pos++;
      third = digits();
    }
    if (firstLength == 4) {
      year = first;
      month = second;
      day = third;
    } else if (third >= 0) {
      boolean dayFirst = first > 12;
      month = dayFirst ? second : first;
      day = dayFirst ? first : second;
      year = fullYear(third, pos - thirdStart);
    }
  }

  private int digits() {
    int value = 0;
    while (pos < text.length() && isDigit(text.charAt(pos))) {
      value = Math.min(value * 10 + text.charAt(pos) - '0', 1_000_000);
      pos++;
    }
    return value;
  }

  private int nextDigitsOr(int missing) {
    while (at(' ')) {
      pos++;
    }
    return pos < text.length() && isDigit(text.charAt(pos)) ? digits() : missing;
  }

  /** RFC 5322 section 4.3. */
  private static int fullYear(int value, int length) {
    if (length <= 2) {
      return value < 50 ? 2000 + value : 1900 + value;
    }
    return length == 3 ? 1900 + value : value;
  }

  /** Obsolete syntax lets spaces stand before a colon (RFC 5322 section 4.3). */
  private boolean atColon() {
    int next = pos;
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    boolean colon = next < text.length() && text.charAt(next) == ':';
    pos = colon ? next : pos;
    return colon;
  }

  private boolean at(char c) {
    return pos < text.length() && text.charAt(pos) == c;
  }

  private boolean nextIsDigit() {
    return pos + 1 < text.length() && isDigit(text.charAt(pos + 1));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
