// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Defect;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderCaptureTest {
  private static String captured(String message, int piece) {
    HeaderCapture capture = new HeaderCapture();
    byte[] bytes = Mails.latin1(message);
    for (int i = 0; i < bytes.length; i += piece) {
      capture.accept(bytes, i, Math.min(piece, bytes.length - i));
    }
    return new String(capture.block(), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A: b\r\n\r\n|body",
        "A: b\n\n|body",
        "A: b\r\n\n|body",
        "A: b\n\r\n|body",
        "\r\n|body",
        "\n|body",
        "A: b|",
        "A: b\r\n|",
        "A: b\r\n \r\n\r\n|x",
        "A: b\r\n\r\r\n\r\n|x",
        "|",
        "\r|",
        "A: b\r\rC: d\n\n|x"
      })
  void blockEndsWithTheEmptyLineHoweverItIsSplit(String marked) {
    String expected = marked.substring(0, marked.indexOf('|'));
    String message = marked.replace("|", "");
    for (int piece = 1; piece <= Math.max(1, message.length()); piece++) {
      assertThat(captured(message, piece)).as("pieces of %d", piece).isEqualTo(expected);
    }
  }

  @Test
  void captureIsCompleteAfterTheEmptyLineOnly() {
    HeaderCapture capture = new HeaderCapture();
    capture.accept(Mails.bytes("A: b\r\n\r"), 0, 7);
    assertThat(capture.isComplete()).isFalse();
    capture.accept(Mails.bytes("\nbody"), 0, 5);
    assertThat(capture.isComplete()).isTrue();
    assertThat(capture.sizeInBytes()).isEqualTo(8);
  }

  @Test
  void takesOnlyTheGivenRange() {
    HeaderCapture capture = new HeaderCapture();
    capture.accept(Mails.bytes("xxA: b\n\nyy"), 2, 6);
    assertThat(capture.block()).isEqualTo(Mails.bytes("A: b\n\n"));
  }

  @Test
  void capturesNoMoreThanFourMebibytes() {
    HeaderCapture capture = new HeaderCapture();
    byte[] piece = Mails.bytes("a".repeat(1_000_000));
    for (int i = 0; i < 10; i++) {
      capture.accept(piece, 0, piece.length);
    }
    assertThat(capture.block()).hasSize(4 << 20);
    assertThat(capture.isComplete()).isTrue();
    assertThat(Mails.kinds(ParsedHeader.parse(capture.block()).defects()))
        .contains(Defect.Kind.LIMIT);
  }
}
