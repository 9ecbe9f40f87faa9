// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImapDateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "17-Jul-1996 02:44:25 -0700|1996-07-17T09:44:25Z",
        " 7-Jul-1996 02:44:25 +0000|1996-07-07T02:44:25Z",
        "7-Jul-1996 02:44:25 +0000|1996-07-07T02:44:25Z",
        "07-jul-1996 02:44:25 +0530|1996-07-06T21:14:25Z",
        "01-JAN-2024 00:00:00 +1400|2023-12-31T10:00:00Z",
        "29-Feb-2024 23:59:59 -0030|2024-03-01T00:29:59Z",
        "31-Dec-2016 23:59:60 +0000|2017-01-01T00:00:00Z",
        "01-Jan-1970 00:00:00 -0000|1970-01-01T00:00:00Z",
        "31-Dec-1969 23:59:59 +0000|1969-12-31T23:59:59Z",
        "19-Jan-2038 03:14:08 +0000|2038-01-19T03:14:08Z",
      })
  void readsWhenAMessageArrived(String text, Instant instant) {
    assertThat(ImapDate.parse(text)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NIL",
        "17-Jul-1996",
        "17-Jul-1996 02:44:25",
        "17-Jul-1996 02:44:25 GMT",
        "17-Jul-96 02:44:25 +0000",
        "30-Feb-2024 00:00:00 +0000",
        "00-Jan-2024 00:00:00 +0000",
        "17-Jux-1996 02:44:25 -0700",
        "17-Jul-1996 24:00:00 +0000",
        "17-Jul-1996 02:60:00 +0000",
        "17-Jul-1996 02:44:61 +0000",
        "17-Jul-1996 02:44:25 +0060",
        "17-Jul-1996 2:44:25 +0000",
        "  7-Jul-1996 02:44:25 +0000",
        "17-Jul-1996 02:44:25 +0000 ",
        "\"17-Jul-1996 02:44:25 +0000\"",
        "17-Jul-1996 02:44:25 0700",
        "١٧-Jul-1996 02:44:25 +0000",
      })
  void whatIsBrokenIsNoDate(String text) {
    assertThat(ImapDate.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "1996-07-07T09:04:05.999Z| 7-Jul-1996 09:04:05 +0000",
        "2024-12-31T23:59:59Z|31-Dec-2024 23:59:59 +0000",
        "1969-12-31T23:59:59.5Z|31-Dec-1969 23:59:59 +0000",
        "0800-01-01T00:00:00Z| 1-Jan-0800 00:00:00 +0000",
      })
  void writesWhenAMessageArrived(Instant instant, String text) {
    assertThat(ImapDate.dateTime(instant)).isEqualTo(text);
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(13);
    for (int i = 0; i < 2000; i++) {
      Instant instant = Instant.ofEpochSecond(random.nextInt() * 20L);
      assertThat(ImapDate.parse(ImapDate.dateTime(instant)))
          .contains(instant.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  @Test
  void writesTheDateOfASearch() {
    assertThat(ImapDate.date(LocalDate.of(1994, 2, 1))).isEqualTo("1-Feb-1994");
    assertThat(ImapDate.date(LocalDate.of(2024, 11, 30))).isEqualTo("30-Nov-2024");
    assertThat(ImapDate.date(LocalDate.of(800, 5, 9))).isEqualTo("9-May-0800");
  }

  @Test
  void theLocaleDoesNotMatter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(ImapDate.date(LocalDate.of(1994, 2, 1))).isEqualTo("1-Feb-1994");
      assertThat(ImapDate.dateTime(Instant.EPOCH)).isEqualTo(" 1-Jan-1970 00:00:00 +0000");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aYearHasFourDigits() {
    assertThatThrownBy(() -> ImapDate.date(LocalDate.of(10_000, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ImapDate.dateTime(Instant.parse("-0001-01-01T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
