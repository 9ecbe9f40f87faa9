// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredMimeMessageTest {
  private static final int LARGE = 2 << 20;

  private static byte[] message(int bodySize) {
    return Mails.bytes(
        "From: a@x\nSubject: =?utf-8?Q?=C3=84?=\nno field\nContent-Type: multipart/mixed; boundary=b"
            + "\n\n--b\n\ntext\n--b\nContent-Type: application/x\n\n"
            + "x".repeat(bodySize)
            + "\n--b--\n");
  }

  private static byte[] written(MimeMessage message) throws IOException, MessagingException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeTo(out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, LARGE})
  void unchangedItWritesExactlyTheSourcesBytes(int size) throws IOException, MessagingException {
    byte[] raw = message(size);
    MimeMessage message = MimeContent.toMimeMessage(new BytesSource(raw));
    assertThat(message.getSubject()).isEqualTo("Ä");
    assertThat(message.getSize())
        .isEqualTo(raw.length - new String(raw, StandardCharsets.UTF_8).indexOf("\n\n") - 2);
    assertThat(written(message)).isEqualTo(raw);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, LARGE})
  void itsPartsAreReadFromTheSource(int size) throws IOException, MessagingException {
    MimeMessage message = MimeContent.toMimeMessage(new BytesSource(message(size)));
    MimeMultipart content = (MimeMultipart) message.getContent();
    assertThat(content.getCount()).isEqualTo(2);
    assertThat(content.getBodyPart(0).getContent()).isEqualTo("text");
    BodyPart large = content.getBodyPart(1);
    try (InputStream in = large.getInputStream()) {
      assertThat(in.readAllBytes()).hasSize(size).containsOnly('x');
    }
    try (InputStream in = large.getInputStream()) {
      assertThat(in.skip(5)).isEqualTo(5);
      assertThat(in.readAllBytes()).hasSize(size - 5);
    }
  }

  @Test
  void aChangedHeaderIsWritten() throws IOException, MessagingException {
    MimeMessage message = MimeContent.toMimeMessage(new BytesSource(message(10)));
    message.setHeader("X-New", "1");
    String text = new String(written(message), StandardCharsets.UTF_8);
    assertThat(text).contains("X-New: 1").contains("From: a@x").endsWith("--b--\n");
  }

  @Test
  void changedContentIsWritten() throws IOException, MessagingException {
    MimeMessage message = MimeContent.toMimeMessage(new BytesSource(message(10)));
    message.setText("new text");
    message.saveChanges();
    assertThat(new String(written(message), StandardCharsets.UTF_8)).endsWith("new text");
    assertThat(message.getContent()).isEqualTo("new text");
  }

  @Test
  void aSmallMessageIsReadOnceAndALargeOneAsNeeded() throws IOException, MessagingException {
    AtomicInteger opened = new AtomicInteger();
    MimeMessage small = MimeContent.toMimeMessage(counting(message(10), opened));
    assertThat(written(small)).isNotEmpty();
    assertThat(small.getContent()).isNotNull();
    assertThat(opened).hasValue(1);
    MimeMessage large = MimeContent.toMimeMessage(counting(message(LARGE), opened));
    assertThat(opened).hasValue(2);
    assertThat(written(large)).hasSizeGreaterThan(LARGE);
    assertThat(opened).hasValue(3);
  }

  private static RawSource counting(byte[] bytes, AtomicInteger opened) {
    return new RawSource() {
      @Override
      public InputStream open() {
        opened.incrementAndGet();
        return new BytesSource(bytes).open();
      }

      @Override
      public long sizeInBytes() {
        return bytes.length;
      }
    };
  }

  @Test
  void aHeaderOnlyMessageHasNoContent() throws IOException, MessagingException {
    byte[] raw = Mails.bytes("Subject: s");
    MimeMessage message = MimeContent.toMimeMessage(new BytesSource(raw));
    assertThat(message.getSubject()).isEqualTo("s");
    assertThat(written(message)).isEqualTo(raw);
    assertThat(message.getContent()).isEqualTo("");
  }
}
