// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Part;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, reading a message does not throw. */
final class TotalityTest {
  private static final List<byte[]> MESSAGES =
      List.of(
          Mails.bytes(
              Mails.lines(
                  "Received: from a by b; Fri, 21 Nov 1997 10:00:00 +0000 (GMT)",
                  "From: \"=?utf-8?Q?J=C3=B6rg?=\" <j@x.org>, Friends: a@b, (c) d@e;",
                  "Date: Fri, 21 Nov 1997 09:55:06 -0600 (CST)",
                  "Message-ID: <1@x>",
                  "References: <a@b> <c@d>",
                  "Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= =?gb2312?B?xOO6ww==?=",
                  "Content-Type: multipart/mixed; boundary=\"=_b\"",
                  "",
                  "preamble",
                  "--=_b",
                  "Content-Type: multipart/alternative;",
                  " boundary*0=i; boundary*1=n",
                  "",
                  "--in",
                  "Content-Type: text/plain; charset=iso-2022-jp",
                  "Content-Transfer-Encoding: quoted-printable",
                  "",
                  "=1B$BF|K\\=1B(B soft =",
                  "break  ",
                  "--in",
                  "Content-Type: text/html; charset=utf-8",
                  "",
                  "<p class=\"a\">x &amp; <img src=cid:1@x> ä<!-- c --><script>no</script>",
                  "--in--",
                  "--=_b",
                  "Content-Type: image/png; name*=utf-8''%C3%84.png",
                  "Content-ID: <1@x>",
                  "Content-Transfer-Encoding: base64",
                  "",
                  "iVBORw0KGgo=",
                  "--=_b",
                  "Content-Type: message/rfc822",
                  "Content-Disposition: attachment; filename=\"a\\\"b.eml\"",
                  "",
                  "Subject: inner",
                  "",
                  "text",
                  "--=_b--",
                  "epilogue")),
          Mails.latin1("From x\nTo: Gr\u00fc\u00dfe <a@b\n\nSubject\n: c\n\u00e4\r\r\n\u0000\n"),
          Mails.bytes("Content-Type: multipart/digest; boundary=d\n\n--d\n\nA: b\n\n--d\n\n--d--"));

  private static void readAll(byte[] message) {
    RawSource source = new BytesSource(message);
    HeaderCapture capture = new HeaderCapture();
    capture.accept(message, 0, message.length);
    ParsedHeader header = ParsedHeader.parse(capture.block());
    assertThat(header.envelope()).isNotNull();
    assertThat(header.headers()).isNotNull();
    assertThat(header.identity()).hasSize(32);
    assertThat(header.receivedAt()).isNotNull();
    MimeContent content = MimeContent.of(source);
    assertThat(content.text()).isNotNull();
    assertThat(content.html()).isNotNull();
    readAll(content.root());
    assertThat(IndexText.extract(source, header)).isNotNull();
  }

  private static void readAll(Part part) {
    assertThat(Mails.read(part)).hasSize(Math.toIntExact(part.sizeInBytes()));
    assertThat(part.headers()).isNotNull();
    assertThat(part.text()).isNotNull();
    assertThat(part.safeFileName()).isNotEmpty().hasSizeLessThanOrEqualTo(120);
    part.children().forEach(TotalityTest::readAll);
  }

  @Test
  void aMessageMayEndAnywhere() {
    for (byte[] message : MESSAGES) {
      for (int length = 0; length <= message.length; length++) {
        readAll(Arrays.copyOf(message, length));
      }
    }
  }

  @Test
  void aMessageMayBeginAnywhere() {
    for (byte[] message : MESSAGES) {
      for (int from = 0; from <= message.length; from++) {
        readAll(Arrays.copyOfRange(message, from, message.length));
      }
    }
  }

  @Test
  void anyBytesOfAMessageMayBeWrong() {
    Random random = new Random(822);
    for (int i = 0; i < 6_000; i++) {
      byte[] message = MESSAGES.get(i % MESSAGES.size()).clone();
      for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt(256);
      }
      readAll(message);
    }
  }

  @Test
  void linesMayComeInAnyOrder() {
    Random random = new Random(2045);
    String[] lines = new String(MESSAGES.get(0), StandardCharsets.UTF_8).split("\r\n", -1);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder message = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        message
            .append(lines[random.nextInt(lines.length)])
            .append(random.nextBoolean() ? "\r\n" : "\n");
      }
      readAll(Mails.bytes(message.toString()));
    }
  }
}
