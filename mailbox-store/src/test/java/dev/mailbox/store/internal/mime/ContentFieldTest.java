// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Defect;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentFieldTest {
  private static ContentField field(String value) {
    return ContentField.parse(value, new Defects());
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attachment; filename=a.txt | a.txt",
        "attachment; filename=\"a b.txt\" | a b.txt",
        "attachment; filename=a b.txt | a b.txt",
        "attachment; FileName = \"a;b.txt\" ; x=y | a;b.txt",
        "attachment; filename=\"a\\\"b.txt\" | a\"b.txt",
        "attachment; filename=\"C:\\dir\\a.txt\" | C:\\dir\\a.txt",
        "attachment; filename=\"unclosed | unclosed",
        "attachment; filename=\"a\"junk; x=y | a",
        "attachment filename=a.txt | a.txt",
        "attachment; (note) filename=a.txt | a.txt",
        "filename=a.txt | a.txt",
        "attachment; filename=a.txt; filename=b.txt | a.txt",
        "attachment; filename*=UTF-8''%C3%84.txt | Ä.txt",
        "attachment; filename*=utf-8'en'a%20b.txt; filename=fallback.txt | a b.txt",
        "attachment; filename*=iso-8859-1''%E4.txt | ä.txt",
        "attachment; filename*0=a; filename*1=b.txt | ab.txt",
        "attachment; filename*1=b.txt; filename*0=a | ab.txt",
        "attachment; filename*0*=utf-8''%C3; filename*1*=%84; filename*2=.txt | Ä.txt",
        "attachment; filename*0=\"=?utf-8?B?w4Q=?=\"; filename*1=.txt | Ä.txt",
        "attachment; filename*=%41.txt | A.txt",
        "attachment; filename*=utf-8''%zz%4 | %zz%4",
        "attachment; filename*=x-none''%E4 | ä",
        "attachment; filename*x=a; filename=b | ``",
        "attachment; filename=\"=?utf-8?Q?=C3=84.txt?=\" | Ä.txt",
        "attachment; filename==?utf-8?Q?=C3=84.txt?= | Ä.txt",
        "attachment; =; ;;filename=a | a",
      })
  void readsFileNamesAsSendersWriteThem(String value, String expected) {
    assertThat(field(value).text("filename").orElse("")).isEqualTo(expected);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain; charset=utf-8 | text/plain | utf-8",
        "TEXT/Plain; CHARSET=\"utf-8\" | text/plain | utf-8",
        "text/plain; charset=us-ascii (Plain text) | text/plain | us-ascii",
        "text/plain (note); charset=a | text/plain | a",
        "text/plain charset=a | text/plain | a",
        "text/plain, charset=a | text/plain | a",
        "\"text/plain\"; charset=a | text/plain | a",
        "(c) text/plain;charset = a | text/plain | a",
      })
  void readsTypeAndCharset(String value, String type, String charset) {
    assertThat(field(value).value()).isEqualTo(type);
    assertThat(field(value).token("charset")).contains(charset);
  }

  @Test
  void bytesAbove127AreTextInANameAndBytesInABoundary() {
    String bytes = new String(Mails.bytes("Ä"), StandardCharsets.ISO_8859_1);
    assertThat(field("x; n=" + bytes).text("n")).contains("Ä");
    assertThat(field("x; n=" + bytes).bytes("n")).contains(bytes);
  }

  @Test
  void noMoreThanAThousandParametersAreRead() {
    Defects defects = new Defects();
    StringBuilder value = new StringBuilder("x");
    for (int i = 0; i < 2_000; i++) {
      value.append("; n*").append(i).append("=a");
    }
    assertThat(ContentField.parse(value.toString(), defects).text("n").orElseThrow())
        .hasSize(1_000);
    assertThat(Mails.kinds(defects.list())).containsExactly(Defect.Kind.LIMIT);
  }
}
