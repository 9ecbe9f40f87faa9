// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EncodedWordsTest {
  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain|plain",
        "=?utf-8?Q?a?=|a",
        "=?UTF-8?q?=C3=84_b?=|Ä b",
        "=?utf-8?B?w4Q=?=|Ä",
        "=?utf-8?b?w4Q?=|Ä",
        "=?utf-8?Q?a?= =?utf-8?Q?b?=|ab",
        "=?utf-8?Q?a?=   =?iso-8859-1?Q?=E4?=|aä",
        "=?utf-8?Q?a?= b|a b",
        "a =?utf-8?Q?b?= c|a b c",
        "a=?utf-8?Q?b?=c|abc",
        "=?utf-8?Q?=C3?= =?utf-8?Q?=84?=|Ä",
        "=?utf-8?B?ww==?= =?utf-8?B?hA==?=|Ä",
        "=?utf-8?B?ww==?= =?UTF-8?Q?=84?=|Ä",
        "=?utf-8?Q?=C3?= x =?utf-8?Q?=84?=|\uFFFD x \uFFFD",
        "=?iso-8859-1?Q?=80?=|€",
        "=?us-ascii*en?Q?a?=|a",
        "=?x-none?Q?=C3=84?=|Ä",
        "=?x-none?Q?=E4?=|ä",
        "=?us-ascii?Q?=E4?=|ä",
        "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=|日本",
        "=?gb2312?B?xOO6ww==?=|你好",
        "=?gb2312?B?6UY=?=|镕",
        "=?big5?B?p0Gmbg==?=|你好",
        "=?ks_c_5601-1987?B?vsiz5w==?=|안녕",
        "=?koi8-r?B?8NLJ18XU?=|Привет",
        "=?windows-1251?Q?=CF=F0?=|Пр",
        "=?shift_jis?B?k/qWew==?=|日本",
        "=?utf-8?Q?a b?=|a b",
        "=?utf-8?Q?a?b?=|a?b",
        "=?utf-8?Q?How??=|How?",
        "=?utf-8?Q??=|",
        "=?utf-8?Q?=3D=3F?=|=?",
        "=?utf-8?Q?=G1=?=|=G1=",
        "=?utf-8?X?a?=|=?utf-8?X?a?=",
        "=?utf-8?Q?a|=?utf-8?Q?a",
        "=?utf-8|=?utf-8",
        "=??Q?a?=|=??Q?a?=",
        "=?=?=?|=?=?=?",
        "=?a b?Q?c?=|=?a b?Q?c?=",
        "=?utf-8?B?!!!?=|",
      })
  void decodesWordsAsSendersMakeThem(String text, String expected) {
    assertThat(EncodedWords.decode(text)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void aSecondOpinionAgreesOnWhatIsEncodedByTheStandard() throws UnsupportedEncodingException {
    Random random = new Random(2047);
    List<String> charsets = List.of("UTF-8", "ISO-8859-15", "windows-1251", "Shift_JIS", "GB18030");
    List<String> alphabets = List.of("aäß漢字😀 =?_", "aé€ _", "aЖя ?", "aア日本 ", "a你好 =");
    for (int i = 0; i < 500; i++) {
      int pick = i % charsets.size();
      int[] letters = alphabets.get(pick).codePoints().toArray();
      StringBuilder text = new StringBuilder("x");
      for (int n = random.nextInt(120); n > 0; n--) {
        text.appendCodePoint(letters[random.nextInt(letters.length)]);
      }
      text.append('x');
      String encoding = random.nextBoolean() ? "B" : "Q";
      String encoded = MimeUtility.encodeText(text.toString(), charsets.get(pick), encoding);
      String unfolded = encoded.replace("\r\n", "");
      assertThat(EncodedWords.decode(unfolded))
          .isEqualTo(text.toString())
          .isEqualTo(MimeUtility.decodeText(encoded));
    }
  }
}
