// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Defect;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that have brought other parsers down. The time limits catch what is not linear. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileHeaderTest {
  private static void readAll(byte[] block) {
    ParsedHeader header = ParsedHeader.parse(block);
    assertThat(header.identity()).hasSize(32);
    assertThat(header.headers().fields()).hasSizeLessThanOrEqualTo(10_000);
    assertThat(header.receivedAt()).isNotNull();
    MimeContent content = Mails.content(block);
    assertThat(content.root().safeFileName()).isNotEmpty();
    assertThat(content.text()).isNotNull();
  }

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource(
      delimiter = '§',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "a@example.org, §500000",
        "g:;,§400000",
        "=?utf-8?Q?a?= §320000",
        "=?a§400000",
        "=?x?Q?§300000",
        "?=§400000",
        "(§400000",
        ")§400000",
        "\"§400000",
        "\\§400000",
        "<§400000",
        ">§400000",
        "<@§400000",
        "@§400000",
        "[§400000",
        "a@[§300000",
        ":§400000",
        ";§400000",
        "\"a\" §300000",
        "(a) §300000",
        "((a)§300000",
        "<a@b> §300000",
        "=§400000",
        "a §400000",
        "<a§400000",
        "a> §300000",
        "%§400000",
        "''§400000",
        "*0*=§300000",
        "; a=b§300000",
        "; a*0=b§300000",
        "=?big5?B?pA=?= §200000",
        "=?iso-2022-jp?B?GyRC?= §150000",
        "\u00e4§400000",
      })
  void aFieldOfOneThingRepeatedIsLinear(String piece, int count) {
    for (String name : new String[] {"To", "Subject", "References", "Received"}) {
      readAll(Mails.bytes(name + ": " + piece.repeat(count) + "\r\n\r\n"));
    }
    readAll(Mails.bytes("Content-Type: text/plain; name=" + piece.repeat(count) + "\r\n\r\n"));
    readAll(Mails.bytes("Content-Disposition: a; filename*=" + piece.repeat(count) + "\r\n\r\n"));
  }

  @Test
  void charsetsByTheThousandThatNobodyKnowsAreLookedUpQuickly() {
    StringBuilder subject = new StringBuilder("Subject: ");
    for (int i = 0; i < 80_000; i++) {
      subject.append("=?c").append(i).append("?Q?a?= ");
    }
    assertThat(Mails.header(subject.toString()).envelope().subject()).startsWith("aaaa");
  }

  @Test
  void eightyThousandSectionsOfAParameterAreCutAtAThousand() {
    StringBuilder field = new StringBuilder("Content-Disposition: attachment");
    for (int i = 0; i < 80_000; i++) {
      field.append("; filename*").append(i).append("=a");
    }
    MimeContent content = Mails.content(field.toString(), "", "x");
    assertThat(content.root().fileName().orElseThrow()).hasSize(1_000);
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {" \r\n", "\t\n", " x\r\n"})
  void fourHundredThousandFoldsAreOneField(String fold) {
    readAll(Mails.bytes("Subject: a\r\n" + fold.repeat(400_000) + "\r\nbody"));
    readAll(Mails.bytes("X: a\r\n" + fold.repeat(400_000) + "\r\nbody"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A: b\r\n", "no field\n", "Received: x; 1 Jan 2000\n", ":\n", "\r"})
  void aHundredThousandLinesAreReadUpToTheLimits(String line) {
    readAll(Mails.bytes(line.repeat(100_000)));
  }

  @Test
  void aHeaderOfFiveMebibytesIsReadUpToFour() {
    String field = "X: " + "a".repeat(1_000) + "\r\n";
    HeaderCapture capture = new HeaderCapture();
    byte[] message = Mails.bytes(field.repeat(6_000) + "\r\nbody");
    capture.accept(message, 0, message.length);
    assertThat(capture.sizeInBytes()).isEqualTo(4 << 20);
    readAll(capture.block());
    MimeContent content = Mails.content(message);
    assertThat(content.text()).isEqualTo("body");
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.LIMIT);
    assertThat(content.root().headers().fields()).hasSizeBetween(4_000, 4_200);
  }
}
