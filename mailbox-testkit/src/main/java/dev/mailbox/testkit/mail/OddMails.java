// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;

/** The mails of {@link Fixture} that take more than a few lines to make. */
final class OddMails {
  private OddMails() {}

  /** A text in that charset, encoded so. */
  static byte[] body(String charset, String encoding, String text) {
    byte[] bytes = (text + "\r\n").getBytes(Charset.forName(charset));
    byte[] encoded = encoding.equals("base64") ? Base64.getEncoder().encode(bytes) : bytes;
    var out = new ByteArrayOutputStream();
    out.writeBytes(
        ascii(
            ("Subject: text in " + charset + "\r\nMIME-Version: 1.0\r\n")
                + ("Content-Type: text/plain; charset=" + charset + "\r\n")
                + ("Content-Transfer-Encoding: " + encoding + "\r\n\r\n")));
    out.writeBytes(encoded);
    out.writeBytes(ascii(encoding.equals("base64") ? "\r\n" : ""));
    return out.toByteArray();
  }

  /** A text in UTF-8 that is quoted-printable already. */
  static byte[] quoted(String encoded) {
    return ascii(
        "Subject: quoted-printable\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            + encoded);
  }

  static byte[] largeHeader() {
    var header = new StringBuilder("Subject: large header\r\n");
    for (int i = 0; i < 2000; i++) {
      header.append("X-Field-").append(i).append(": value ").append(i).append("\r\n");
    }
    header.append("X-Folded: begin\r\n").append(" and more\r\n".repeat(100));
    return ascii(header.append("\r\nbody\r\n").toString());
  }

  static byte[] attachmentNames() {
    String word = "=?utf-8?B?" + base64("Rechnung für März.pdf") + "?=";
    return ascii(
        "Subject: names\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            + attachment("filename=\"" + word + "\"")
            + attachment("filename*0*=utf-8''Pr%C3%BC; filename*1*=f%20; filename*2=\"ung.pdf\"")
            + attachment("filename=\"../../etc/passwd\"")
            + attachment("filename=\"a\\\"b.txt\"")
            + "--b--\r\n");
  }

  static byte[] similarBoundaries() {
    String text =
        """
        Subject: boundaries
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: multipart/alternative; boundary=bb

        --bb

        inner
        --bb--
        --b

        outer
        --b--
        """;
    return ascii(text.replace("\n", "\r\n"));
  }

  static byte[] deepMultiparts(int depth) {
    MailPart part = MailPart.text("plain", "7bit", "at the bottom\r\n");
    for (int i = 0; i < depth; i++) {
      part = MailPart.multipart("mixed", List.of(part));
    }
    var out = new ByteArrayOutputStream();
    out.writeBytes(ascii("Subject: deep\r\nMIME-Version: 1.0\r\n"));
    part.writeTo(out);
    return out.toByteArray();
  }

  static byte[] deepMessages(int depth) {
    byte[] inner = MailFixtures.mail("level 0").messageId("<level0@example.org>").build();
    for (int i = 1; i <= depth; i++) {
      inner =
          MailFixtures.mail("level " + i)
              .messageId("<level" + i + "@example.org>")
              .forwarded(inner)
              .build();
    }
    return inner;
  }

  /** Put together here, because a scanner would take a file that has it for infected. */
  static byte[] eicar() {
    List<String> pieces =
        List.of("X5O!P%@AP[4", "\\PZX54(P^)7", "CC)7}$EIC", "AR-STANDARD-ANTI", "VIRUS-TEST-FI");
    return ascii(String.join("", pieces) + String.join("", List.of("LE!$H", "+H*")));
  }

  private static String attachment(String name) {
    return "--b\r\nContent-Type: application/octet-stream\r\n"
        + ("Content-Disposition: attachment; " + name + "\r\n")
        + "\r\nbytes\r\n";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
