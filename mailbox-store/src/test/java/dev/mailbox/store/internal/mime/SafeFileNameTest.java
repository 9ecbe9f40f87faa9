// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeFileNameTest {
  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "report.pdf§report.pdf",
        "Grüße 漢字.pdf§Grüße 漢字.pdf",
        "no extension§no extension",
        "../../etc/passwd§passwd",
        "/etc/passwd§passwd",
        "C:\\Users\\x\\a.txt§a.txt",
        "\\\\server\\share\\a.txt§a.txt",
        "C:a.txt§C_a.txt",
        "dir/§dir",
        "a.txt:stream§a.txt_stream",
        "..§attachment.bin",
        ".§attachment.bin",
        "...§attachment.bin",
        " §attachment.bin",
        "/§attachment.bin",
        ".bashrc§bashrc",
        "..hidden.txt§hidden.txt",
        "a.txt.§a.txt",
        "a.txt. . §a.txt",
        " a.txt§a.txt",
        "-rf§_-rf",
        "~root§_~root",
        "CON§_CON",
        "con.txt§_con.txt",
        "Nul .txt§_Nul .txt",
        "COM1§_COM1",
        "com¹.txt§_com¹.txt",
        "LPT9.a.b§_LPT9.a.b",
        "COM10§COM10",
        "CONOUT$§_CONOUT$",
        "console.txt§console.txt",
        "a<b>c|d?e*f\"g§a_b_c_d_e_f_g",
        "a\u0000b\u0007.txt§ab.txt",
        "a\u202Egpj.exe§agpj.exe",
        "a\u2066b\u2069.txt§ab.txt",
        "a\u200B\uFEFFb.txt§ab.txt",
        "a\u2044b\u2215c.txt§a_b_c.txt",
        "..\uFF0Fa.txt§_a.txt",
        "a\u00A0b.txt§a b.txt",
        "a\u2028b.txt§a b.txt",
        "a\uE000b.txt§a_b.txt",
        "A\u030A.txt§Å.txt",
        "👩\u200D🔬.txt§👩\u200D🔬.txt",
        "a.tar.gz§a.tar.gz",
      })
  void namesAreSafeAndStayRecognizable(String name, String expected) {
    assertThat(SafeFileName.of(name, "application/octet-stream")).isEqualTo(expected);
  }

  @Test
  void lineBreaksAreDropped() {
    assertThat(SafeFileName.of("a\r\nb.txt", "text/plain")).isEqualTo("ab.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, attachment.txt", "message/rfc822, attachment.eml", "image/jpeg, attachment.jpg",
    "image/png, attachment.png", "application/pdf, attachment.pdf",
        "application/x-foo, attachment.bin",
    "a/../../b, attachment.bin", "nonsense, attachment.bin", "'', attachment.bin"
  })
  void withoutANameTheTypeMakesOne(String type, String expected) {
    assertThat(SafeFileName.of(null, type)).isEqualTo(expected);
    assertThat(SafeFileName.of("", type)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "漢", "😀", ". ", "a.", "\u0301"})
  void longNamesKeepTheirExtension(String piece) {
    String name = SafeFileName.of("x" + piece.repeat(5_000 / piece.length() - 2) + "y.docx", "a/b");
    assertThat(name.length()).isLessThanOrEqualTo(120);
    assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(240);
    assertThat(name).startsWith("x").doesNotContain("?").doesNotContain("\uFFFD");
  }

  @Test
  void theExtensionOfANameThatIsTooLongStays() {
    assertThat(SafeFileName.of("a".repeat(300) + ".docx", "a/b")).hasSize(120).endsWith("aa.docx");
    assertThat(SafeFileName.of("a".repeat(300), "a/b")).hasSize(120);
    assertThat(SafeFileName.of("a." + "b".repeat(300), "a/b")).hasSize(120);
  }

  @Test
  void noNameIsUnsafeWhateverItsCharacters() {
    Random random = new Random(7);
    String alphabet =
        "ab.. //\\\\:*\u202E\u0000\uD83D\uDE00\uD800\u2044\u00A0-~CONnul12\uFF0F\u0301";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int n = random.nextInt(i % 50 == 0 ? 400 : 12); n > 0; n--) {
        name.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String safe = SafeFileName.of(name.toString(), "text/plain");
      assertThat(safe).isNotEmpty().hasSizeLessThanOrEqualTo(120);
      assertThat(safe).doesNotContainPattern("[<>:\"/\\\\|?*\\p{Cntrl}\u202E\u2044\uFF0F]");
      assertThat(safe).doesNotContainPattern("^[. ~-]|[. ]$|(?i)^(con|nul)\\s*(\\.|$)");
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(safe)).isTrue();
    }
  }
}
