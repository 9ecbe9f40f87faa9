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
      delimiter = ';',
      value = {
        "INBOX; INBOX",
        "~peter/mail/台北/日本語; ~peter/mail/&U,BTFw-/&ZeVnLIqe-",
        "Entwürfe; Entw&APw-rfe",
        "Éléments envoyés; &AMk-l&AOk-ments envoy&AOk-s",
        "Отправленные; &BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-",
        "R&D; R&-D",
        "&&; &-&-",
        "&-; &--",
        "ü&ü; &APw-&-&APw-",
        "ü-; &APw--",
        "\uD83D\uDE00; &2D3eAA-",
      })
  void namesAreSentAndReadAsTheStandardSays(String name, String sent) {
    assertThat(ModifiedUtf7.encode(name)).isEqualTo(sent);
    assertThat(ModifiedUtf7.decode(sent)).isEqualTo(name);
  }

  @Test
  void everyCharacterOfTheBasicPlaneComesBack() {
    for (int c = 0; c <= 0xffff; c++) {
      if (!Character.isSurrogate((char) c)) {
        checkRoundTrip(Character.toString(c));
        checkRoundTrip("a" + (char) c + "&" + (char) c + (char) c + "-");
      }
    }
  }

  @Test
  void pairsOfSurrogatesComeBack() {
    for (int c = 0x10000; c <= 0x10ffff; c += 0x101) {
      checkRoundTrip(Character.toString(c) + "x" + Character.toString(c));
    }
  }

  @Test
  void mixedNamesComeBack() {
    Random random = new Random(20);
    String pool = "aZ09 &-/.+,~\u007f\u0001üß漢\uD83D\uDE00é";
    int[] points = pool.codePoints().toArray();
    for (int round = 0; round < 20_000; round++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        name.appendCodePoint(points[random.nextInt(points.length)]);
      }
      checkRoundTrip(name.toString());
    }
  }

  private static void checkRoundTrip(String name) {
    String sent = ModifiedUtf7.encode(name);
    assertThat(sent.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    assertThat(ModifiedUtf7.decode(sent)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&b", "&", "x&", "&ZeV", "&A-", "&AA-", "&!!!!-", "&U/BTFw-", "&====-"})
  void whatIsNotEncodedIsTakenAsItIs(String sent) {
    assertThat(ModifiedUtf7.decode(sent)).isEqualTo(sent);
  }

  @Test
  void namesThatAreNotCanonicalAreRead() {
    assertThat(ModifiedUtf7.decode("&AGEAYg-")).isEqualTo("ab");
    assertThat(ModifiedUtf7.decode("&ACY-")).isEqualTo("&");
    assertThat(ModifiedUtf7.decode("&APw-&APw-")).isEqualTo("üü");
    assertThat(ModifiedUtf7.decode("Entwürfe")).isEqualTo("Entwürfe");
  }
}
