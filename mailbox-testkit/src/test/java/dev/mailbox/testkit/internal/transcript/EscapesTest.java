// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {
  // Those that escapes are made of come often.
  private static final String ODD = "\\\\\\rntxRNTX0aF \t\r\n\0\u00ff<{*";

  private static String random(Random random) {
    var bytes = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      bytes.append(
          random.nextInt(4) == 0
              ? (char) random.nextInt(256)
              : ODD.charAt(random.nextInt(ODD.length())));
    }
    return bytes.toString();
  }

  @Test
  void anyBytesComeBack() {
    var random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      String bytes = random(random);
      String text = Escapes.escape(bytes);
      assertThat(text).matches("[ -~]*").doesNotEndWith(" ");
      assertThat(Escapes.unescape(text)).isEqualTo(bytes);
      assertThat(Escapes.unescapeLine(Escapes.line(bytes, "\r\n"))).isEqualTo(bytes + "\r\n");
      assertThat(Escapes.unescapeLine(Escapes.line(bytes, "\n"))).isEqualTo(bytes + "\n");
      assertThat(Escapes.unescapeLine(Escapes.line(bytes, ""))).isEqualTo(bytes);
    }
  }

  @Test
  void aPrefixOfTheBytesIsAPrefixOfTheText() {
    var random = new Random(8);
    for (int i = 0; i < 50_000; i++) {
      String bytes = random(random);
      String text = Escapes.escape(bytes);
      int part = random.nextInt(bytes.length() + 1);
      int end = Escapes.indexAfter(text, part);
      assertThat(Escapes.unescape(text.substring(0, end))).isEqualTo(bytes.substring(0, part));
      assertThat(Escapes.unescape(text.substring(end))).isEqualTo(bytes.substring(part));
    }
  }

  @Test
  void flagsCanBeRead() {
    assertThat(Escapes.escape("(\\Seen \\Deleted \\*) \\recent"))
        .isEqualTo("(\\Seen \\Deleted \\*) \\\\recent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\x", "a\\x4", "\\x4g", "\u20ac"})
  void whatStandsForNoBytesIsRefused(String text) {
    assertThatThrownBy(() -> Escapes.unescape(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
