// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IndexTextTest {
  private static IndexText extract(String message) {
    byte[] bytes = Mails.bytes(message);
    return IndexText.extract(new BytesSource(bytes), ParsedHeader.parse(bytes));
  }

  @Test
  void holdsSubjectParticipantsBodyAndAttachmentNames() {
    IndexText text =
        extract(
            Mails.lines(
                "Subject: =?utf-8?Q?=C3=84pfel?=",
                "From: Ann <ann@x>",
                "Reply-To: ann@x",
                "To: b@y",
                "Cc: Bo <c@z>",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/html",
                "",
                "<p>Hello<style>no</style>",
                "--b",
                "Content-Type: application/pdf; name=a.pdf",
                "",
                "x",
                "--b--"));
    assertThat(text.subject()).isEqualTo("Äpfel");
    assertThat(text.participants()).isEqualTo("Ann <ann@x>\nann@x\nb@y\nBo <c@z>");
    assertThat(text.body()).isEqualTo("Hello");
    assertThat(text.attachmentNames()).isEqualTo("a.pdf");
  }

  @Test
  void theBodyIsCutAtOneMebiCharacters() {
    assertThat(extract("A: b\n\n" + "x".repeat(2 << 20)).body()).hasSize(1 << 20);
    assertThat(extract("Content-Type: text/html\n\n" + "x".repeat(2 << 20)).body())
        .hasSize(1 << 20);
  }
}
