// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mailbox.StoreException;
import dev.mailbox.content.Part;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

final class LargeMessageTest {
  private static final String HEAD =
      Mails.lines(
          "Subject: s",
          "Content-Type: multipart/mixed; boundary=b",
          "",
          "--b",
          "",
          "first",
          "--b",
          "Content-Type: application/x; name=a.bin",
          "");

  private static final String TAIL = Mails.lines("", "--b", "", "last", "--b--");

  private static long length(Part part) throws IOException {
    try (InputStream in = part.open()) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Test
  void partsBehindTwoGibibytesAreFoundAndRead() throws IOException {
    long lines = 22_000_000;
    String line = "x".repeat(98) + "\r\n";
    MimeContent content = MimeContent.of(new GeneratedSource(HEAD, line, lines, TAIL));
    Part attachment = content.attachments().get(0);
    assertThat(attachment.sizeInBytes()).isEqualTo(lines * 100);
    assertThat(content.text()).isEqualTo("first\nlast");
    assertThat(Mails.readText(content.root().children().get(2))).isEqualTo("last");
  }

  @Test
  void aLargeMessageNeedsNoHeapForItsBody() throws IOException, MessagingException {
    long lines = 6_000_000;
    GeneratedSource source = new GeneratedSource(HEAD, "x".repeat(98) + "\r\n", lines, TAIL);
    assertThat(source.sizeInBytes()).isGreaterThan(Runtime.getRuntime().maxMemory());
    assertThat(length(MimeContent.of(source).attachments().get(0))).isEqualTo(lines * 100);
    MimeMessage message = MimeContent.toMimeMessage(source);
    MimeMultipart content = (MimeMultipart) message.getContent();
    assertThat(content.getCount()).isEqualTo(3);
    assertThat(content.getBodyPart(2).getContent()).isEqualTo("last");
  }

  @Test
  void aSourceThatFailsIsReported() {
    RawSource source = new BrokenSource();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> MimeContent.of(source))
        .withMessageContaining("broken");
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> source.open(5));
  }

  private static final class BrokenSource implements RawSource {
    @Override
    public InputStream open() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("broken");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          throw new IOException("broken");
        }
      };
    }

    @Override
    public long sizeInBytes() {
      return 10;
    }
  }
}
