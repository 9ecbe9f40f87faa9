// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A MIME entity: its header fields, a blank line, its body. */
record MailPart(String header, String body) {

  static MailPart text(String subtype, String encoding, String body) {
    return new MailPart(
        "Content-Type: text/"
            + subtype
            + "; charset=utf-8\r\n"
            + ("Content-Transfer-Encoding: " + encoding + "\r\n"),
        body);
  }

  static MailPart attachment(String name, String base64) {
    return new MailPart(
        "Content-Type: application/octet-stream\r\n"
            + ("Content-Disposition: attachment; " + fileName(name) + "\r\n")
            + "Content-Transfer-Encoding: base64\r\n",
        base64 + "\r\n");
  }

  static MailPart message(byte[] raw) {
    return new MailPart(
        "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n",
        new String(raw, StandardCharsets.ISO_8859_1));
  }

  /** The boundary is made from the content: nested ones differ, and equal mails stay equal. */
  static MailPart multipart(String subtype, List<MailPart> parts) {
    int hash = parts.stream().map(MailPart::body).toList().hashCode();
    String boundary = String.format("=_%s_%08x", subtype, hash);
    var body = new StringBuilder();
    for (MailPart part : parts) {
      body.append("--").append(boundary).append("\r\n");
      body.append(part.header).append("\r\n").append(part.body).append("\r\n");
    }
    body.append("--").append(boundary).append("--\r\n");
    return new MailPart(
        "Content-Type: multipart/" + subtype + "; boundary=\"" + boundary + "\"\r\n",
        body.toString());
  }

  void writeTo(ByteArrayOutputStream out) {
    out.writeBytes((header + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String fileName(String name) {
    if (name.chars().allMatch(c -> c < 128 && c != '"' && c != '\\')) {
      return "filename=\"" + name + "\"";
    }
    return "filename*=utf-8''" + percentEncoded(name);
  }

  private static String percentEncoded(String name) {
    var encoded = new StringBuilder();
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = each > 0 && (Character.isLetterOrDigit(each) || each == '.');
      encoded.append(plain ? String.valueOf((char) each) : String.format("%%%02X", each));
    }
    return encoded.toString();
  }
}
