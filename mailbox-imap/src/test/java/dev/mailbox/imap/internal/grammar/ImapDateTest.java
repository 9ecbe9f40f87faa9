// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alone, since it changes the default locale. */
@Isolated
class ImapDateTest {
  @ParameterizedTest
  @CsvSource(
      value = {
        "17-Jul-1996 02:44:25 -0700, 1996-07-17T09:44:25Z",
        "' 7-Feb-1994 21:52:25 +0530', 1994-02-07T16:22:25Z",
        "07-feb-1994 21:52:25 +0000, 1994-02-07T21:52:25Z",
        "7-FEB-1994 21:52:25 +0000, 1994-02-07T21:52:25Z",
        "29-Feb-2024 00:00:00 +0000, 2024-02-29T00:00:00Z",
        "31-Dec-1998 23:59:60 +0000, 1998-12-31T23:59:59Z",
        "01-Jan-1970 00:00:00 -0000, 1970-01-01T00:00:00Z",
        "01-Jan-2024 00:30:00 +1400, 2023-12-31T10:30:00Z",
        "01-Jan-0001 00:00:00 +0000, 0001-01-01T00:00:00Z",
      })
  void datesAreRead(String sent, Instant instant) {
    assertThat(ImapDate.parse(sent)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NIL",
        "17-Jul-1996",
        "17-Jul-1996 02:44:25",
        "17-Jul-1996 02:44:25 GMT",
        "30-Feb-2024 00:00:00 +0000",
        "29-Feb-2023 00:00:00 +0000",
        "00-Jan-2024 00:00:00 +0000",
        "01-Foo-2024 00:00:00 +0000",
        "01-Jan-2024 24:00:00 +0000",
        "01-Jan-2024 00:60:00 +0000",
        "01-Jan-2024 00:00:00 +1900",
        "01-Jan-2024 00:00:00 +0060",
        "01-Jan-99999 00:00:00 +0000",
        "01-Jan-2024 00:00:00 +0000 x",
        "٠١-Jan-2024 00:00:00 +0000",
      })
  void whatIsNoDateIsNone(String sent) {
    assertThat(ImapDate.parse(sent)).isEmpty();
  }

  @Test
  void momentsAreWrittenInUtcWithTwoPlacesForTheDay() {
    assertThat(ImapDate.print(Instant.parse("1994-02-07T16:22:25.999Z")))
        .isEqualTo(" 7-Feb-1994 16:22:25 +0000");
    assertThat(ImapDate.print(Instant.parse("2023-12-31T23:59:59Z")))
        .isEqualTo("31-Dec-2023 23:59:59 +0000");
  }

  @Test
  void daysAreWrittenWithoutPadding() {
    assertThat(ImapDate.print(LocalDate.of(1994, 2, 7))).isEqualTo("7-Feb-1994");
    assertThat(ImapDate.print(LocalDate.of(999, 11, 30))).isEqualTo("30-Nov-0999");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (int month = 0; month < 2400; month++) {
      Instant instant = Instant.EPOCH.plusSeconds(month * 2_629_747L);
      assertThat(ImapDate.parse(ImapDate.print(instant))).contains(instant);
    }
  }

  @Test
  void defaultLocaleHasNoSay() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(ImapDate.print(Instant.EPOCH)).isEqualTo(" 1-Jan-1970 00:00:00 +0000");
      assertThat(ImapDate.print(LocalDate.of(2024, 7, 9))).isEqualTo("9-Jul-2024");
    } finally {
      Locale.setDefault(before);
    }
  }
}
