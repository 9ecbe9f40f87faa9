// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INBOX|INBOX",
        "R&D|R&-D",
        "&|&-",
        "&&|&-&-",
        "Entwürfe|Entw&APw-rfe",
        "~peter/mail/台北/日本語|~peter/mail/&U,BTFw-/&ZeVnLIqe-",
        "Отправленные|&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-",
        "é&à|&AOk-&-&AOA-",
        "😀|&2D3eAA-",
        "a😀b|a&2D3eAA-b",
        "é-|&AOk--",
      })
  void writesAndReads(String text, String encoded) {
    assertThat(ModifiedUtf7.encode(text)).isEqualTo(encoded);
    assertThat(ModifiedUtf7.decode(encoded)).isEqualTo(text);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(ModifiedUtf7.encode("")).isEmpty();
    assertThat(ModifiedUtf7.decode("")).isEmpty();
  }

  @Test
  void everyCharacterComesBack() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String text = String.valueOf((char) c);
      for (String each : new String[] {text, "a" + text + "z", text + text, "&" + text + "-"}) {
        String encoded = ModifiedUtf7.encode(each);
        if (!ModifiedUtf7.decode(encoded).equals(each) || !isPrintableAscii(encoded)) {
          assertThat(ModifiedUtf7.decode(encoded)).as("U+%04X as %s", c, encoded).isEqualTo(each);
          assertThat(encoded).as("U+%04X", c).matches("[ -~]*");
        }
      }
    }
  }

  private static boolean isPrintableAscii(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  @Test
  void everySupplementaryCharacterComesBack() {
    for (int c = Character.MIN_SUPPLEMENTARY_CODE_POINT; c <= Character.MAX_CODE_POINT; c += 37) {
      String text = Character.toString(c);
      String decoded = ModifiedUtf7.decode(ModifiedUtf7.encode(text));
      if (!decoded.equals(text)) {
        assertThat(decoded).as("U+%X", c).isEqualTo(text);
      }
    }
  }

  /** Bare ampersands, raw UTF-8, shifts that do not end, hold other characters, or are cut. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "R&D",
        "R & D",
        "a&",
        "Entwürfe",
        "Entw&APw-rfe für mich",
        "&APw",
        "&APw rfe-",
        "&AP/w-",
        "&A-",
        "&AP-",
        "&APx-",
        "&AGEA-",
        "&AGEAA-",
        "&ü-",
        "tab\there",
      })
  void whatIsIllFormedStaysAsItIs(String text) {
    assertThat(ModifiedUtf7.decode(text)).isEqualTo(text);
  }

  /** Printable characters in a shift, and two shifts in a row, are against the rule but clear. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"&AGE-|a", "&AOk-&AOA-|éà", "&ACY-|&"})
  void whatIsNotCanonicalIsRead(String encoded, String text) {
    assertThat(ModifiedUtf7.decode(encoded)).isEqualTo(text);
    assertThat(ModifiedUtf7.encode(text)).isNotEqualTo(encoded);
  }

  @Test
  void readingNeverFails() {
    String alphabet = "&-+,/Aa9z.~ é\u0000\uD83D\uDE00\uFFFF";
    Random random = new Random(12);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String read = ModifiedUtf7.decode(text.toString());
      assertThat(ModifiedUtf7.decode(ModifiedUtf7.encode(read))).isEqualTo(read);
    }
  }
}
