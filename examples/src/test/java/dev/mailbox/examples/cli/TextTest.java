// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Sizes, times, widths and what is kept from a terminal. */
class TextTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void controlCharactersLoseTheirEffect() {
    assertThat(SafeText.line("a\u001b[31mred\u0007\u009b2J\u007f")).isEqualTo("a�[31mred��2J�");
    assertThat(SafeText.line("two\r\nlines\tand  a tab\u2028end"))
        .isEqualTo("two lines and a tab end");
    assertThat(SafeText.line("invoice\u202efdp.exe")).isEqualTo("invoice�fdp.exe");
  }

  @Test
  void lettersOfAllScriptsStay() {
    String text = "京都 Привет שלום e\u0301 👩‍👩‍👧";
    assertThat(SafeText.line(text)).isEqualTo(text);
  }

  @Test
  void blocksKeepLinesAndTabsAndEndWithALineEnd() {
    assertThat(SafeText.block("a\r\n\tb\rc\u001b]0;x\u0007")).isEqualTo("a\n\tb\nc�]0;x�\n");
    assertThat(SafeText.block("")).isEmpty();
  }

  @Test
  void wideLettersCountTwice() {
    assertThat(Columns.of("abc")).isEqualTo(3);
    assertThat(Columns.of("京都")).isEqualTo(4);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.fit("京都旅行", 7)).isEqualTo("京都旅…");
    assertThat(Columns.fit("京都旅行", 6)).isEqualTo("京都… ");
    assertThat(Columns.fit("ab", 4)).isEqualTo("ab  ");
    assertThat(Columns.cut("abcdef", Integer.MAX_VALUE)).isEqualTo("abcdef");
  }

  @Test
  void sizesReadWell() {
    assertThat(Sizes.human(0)).isEqualTo("0 B");
    assertThat(Sizes.human(999)).isEqualTo("999 B");
    assertThat(Sizes.human(1000)).isEqualTo("1.0 kB");
    assertThat(Sizes.human(9_960)).isEqualTo("10 kB");
    assertThat(Sizes.human(999_600)).isEqualTo("1.0 MB");
    assertThat(Sizes.human(23_400_000_000L)).isEqualTo("23 GB");
    assertThat(Sizes.human(Long.MAX_VALUE)).isEqualTo("9223372 TB");
  }

  @Test
  void sizesAreUnderstood() {
    assertThat(Sizes.parse("500")).isEqualTo(500);
    assertThat(Sizes.parse("20k")).isEqualTo(20_000);
    assertThat(Sizes.parse("1.5MB")).isEqualTo(1_500_000);
    assertThatIllegalArgumentException().isThrownBy(() -> Sizes.parse("big"));
    assertThatIllegalArgumentException().isThrownBy(() -> Sizes.parse(""));
    assertThatIllegalArgumentException().isThrownBy(() -> Sizes.parse("-5"));
  }

  @Test
  void momentsAreUnderstoodInTheLocalZone() {
    assertThat(Moments.parse("2026-11-23", BERLIN, NOW)).isEqualTo("2026-11-22T23:00:00Z");
    assertThat(Moments.parse("2026-11-23T14:00", BERLIN, NOW)).isEqualTo("2026-11-23T13:00:00Z");
    assertThat(Moments.parse("2026-11-23T14:00:00Z", BERLIN, NOW))
        .isEqualTo("2026-11-23T14:00:00Z");
    assertThat(Moments.parse("7d", BERLIN, NOW)).isEqualTo("2026-11-16T12:00:00Z");
    assertThat(Moments.parse("12h", BERLIN, NOW)).isEqualTo("2026-11-23T00:00:00Z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Moments.parse("yesterday", BERLIN, NOW))
        .withMessageContaining("2026-11-23");
  }
}
