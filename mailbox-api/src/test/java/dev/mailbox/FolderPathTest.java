// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INBOX",
        "Archive/2024",
        "a\\/b/c",
        "back\\\\slash",
        "日本語/вложенная",
        " spaced ",
        "a.b"
      })
  void whatIsPrintedIsReadBack(String text) {
    FolderPath path = FolderPath.parse(text);

    assertThat(path.toString()).isEqualTo(text);
    assertThat(FolderPath.parse(path.toString())).isEqualTo(path);
  }

  @Test
  void slashInsideASegmentIsNotASeparator() {
    assertThat(FolderPath.of("a/b", "c").toString()).isEqualTo("a\\/b/c");
    assertThat(FolderPath.parse("a\\/b/c").segments()).containsExactly("a/b", "c");
  }

  @Test
  void inboxIsOneFolderWhateverItsCase() {
    assertThat(FolderPath.parse("inbox")).isEqualTo(FolderPath.INBOX);
    assertThat(FolderPath.parse("InBox/Sub").toString()).isEqualTo("INBOX/Sub");
    assertThat(FolderPath.of("Lists", "inbox").segments()).containsExactly("Lists", "inbox");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a//b", "/a", "a/", "a\rb", "a\nb", "a\0b", "a\u0085b"})
  void badNamesAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FolderPath.parse(text))
        .withMessageContaining("folder name");
  }

  @Test
  void pathWithoutSegmentsIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FolderPath(List.of()));
  }

  @Test
  void folderIsWithinItselfAndItsParents() {
    FolderPath child = FolderPath.of("a", "b");

    assertThat(child.isWithin(FolderPath.of("a"))).isTrue();
    assertThat(child.isWithin(child)).isTrue();
    assertThat(child.isWithin(FolderPath.of("a", "b", "c"))).isFalse();
    assertThat(FolderPath.of("ab").isWithin(FolderPath.of("a"))).isFalse();
    assertThat(FolderPath.of("a").child("b")).isEqualTo(child);
    assertThat(child.name()).isEqualTo("b");
  }
}
