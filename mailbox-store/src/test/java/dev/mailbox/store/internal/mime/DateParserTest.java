// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DateParserTest {
  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Fri, 21 Nov 1997 09:55:06 -0600 | 1997-11-21T15:55:06Z",
        "21 Nov 97 09:55:06 GMT | 1997-11-21T09:55:06Z",
        "21 Nov 07 09:55:06 +0530 | 2007-11-21T04:25:06Z",
        "21 Nov 102 09:55:06 GMT | 2002-11-21T09:55:06Z",
        "Thu, 21 Nov 1997 09:55 -0600 | 1997-11-21T15:55:00Z",
        "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 | 1997-11-21T15:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 (EDT) -0400 | 1997-11-21T13:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 +0000 (a (nested) one) | 1997-11-21T09:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 EST | 1997-11-21T14:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 PDT | 1997-11-21T16:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 Z | 1997-11-21T09:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 X | 1997-11-21T09:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 CEST | 1997-11-21T07:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 GMT+0100 | 1997-11-21T08:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 GMT+1 | 1997-11-21T08:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 +01:30 | 1997-11-21T08:25:06Z",
        "Fri, 21 Nov 1997 09:55:06+0100 | 1997-11-21T08:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 | 1997-11-21T09:55:06Z",
        "Fri, 21 Nov 1997 09:55:06 +9999 | 1997-11-21T09:55:06Z",
        "Mon, 21 Nov 1997 09:55:06 GMT | 1997-11-21T09:55:06Z",
        "fri, 21 nov 1997 09:55:06 gmt | 1997-11-21T09:55:06Z",
        "Friday, 21 November 1997 9:55:06 GMT | 1997-11-21T09:55:06Z",
        "Fri 21 Nov 1997, 09:55:06 GMT | 1997-11-21T09:55:06Z",
        "Fri Nov 21 09:55:06 1997 | 1997-11-21T09:55:06Z",
        "Fri Nov 21 09:55:06 EST 1997 | 1997-11-21T14:55:06Z",
        "Nov 21, 1997 9:55:06 PM -0500 | 1997-11-22T02:55:06Z",
        "Nov 21, 1997 12:05 AM | 1997-11-21T00:05:00Z",
        "21-Nov-1997 09:55:06 -0600 | 1997-11-21T15:55:06Z",
        "Fri, 21-Nov-97 09:55:06 GMT | 1997-11-21T09:55:06Z",
        "1997-11-21T09:55:06Z | 1997-11-21T09:55:06Z",
        "1997-11-21 09:55:06.123 -0600 | 1997-11-21T15:55:06Z",
        "1997-11-21T09:55:06+01:00 | 1997-11-21T08:55:06Z",
        "1997/11/21 Fri 09:55:06 CDT | 1997-11-21T14:55:06Z",
        "11/21/1997 9:55:06 | 1997-11-21T09:55:06Z",
        "21/11/1997 9:55:06 | 1997-11-21T09:55:06Z",
        "21 Nov 1997 | 1997-11-21T00:00:00Z",
        "Fri, 31 Dec 2016 23:59:60 +0000 | 2017-01-01T00:00:00Z",
        "29 Feb 2024 24:00:00 +0000 | 2024-03-01T00:00:00Z",
      })
  void readsDatesOfStandardAndRealMail(String value, Instant expected) {
    assertThat(DateParser.parse(value)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "Fri",
        "09:55:06",
        "31 Feb 2024 00:00:00 +0000",
        "0 Nov 1997",
        "99 Nov 1997",
        "21 Foo 1997",
        "21 Nov",
        "((((",
        "1:2:3:4:5",
        "-",
        "+0000",
        "99999999999",
        "21 Nov 99999999999999 00:00",
        "1-2",
        "2024-13-45",
        "\u0661\u0662 Nov 2024"
      })
  void whatIsNoDateIsEmpty(String value) {
    assertThat(DateParser.parse(value)).isEmpty();
  }
}
