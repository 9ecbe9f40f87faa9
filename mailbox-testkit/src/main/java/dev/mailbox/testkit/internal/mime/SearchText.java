// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;

/** Decoded text, by Jakarta Mail, so that no decoder of the clients is trusted. */
public final class SearchText {
  private SearchText() {}

  /** The value of a header field, one char for each byte, without its encoded words. */
  public static String ofField(String value) {
    String text = new String(value.getBytes(ISO_8859_1), UTF_8);
    try {
      return MimeUtility.decodeText(text);
    } catch (UnsupportedEncodingException e) {
      return text;
    }
  }

  /** The text parts of a mail, whatever the kind of text. */
  public static String ofBody(byte[] raw) {
    var text = new StringBuilder();
    collect(MimePart.parse(raw), false, text);
    return text.toString();
  }

  /** All fields of the mail and of its parts, and the text parts. */
  public static String ofAll(byte[] raw) {
    var text = new StringBuilder();
    collect(MimePart.parse(raw), true, text);
    return text.toString();
  }

  private static void collect(MimePart part, boolean withFields, StringBuilder text) {
    if (withFields) {
      part.header().fields().forEach(field -> text.append(ofField(field)).append('\n'));
    }
    part.message().ifPresent(inner -> collect(inner, withFields, text));
    part.parts().forEach(each -> collect(each, withFields, text));
    if (part.type().value().startsWith("text/")) {
      text.append(decoded(part)).append('\n');
    }
  }

  /** What a part of text says; where its encoding or character set is unknown, its bytes. */
  static String decoded(MimePart part) {
    byte[] body = part.body();
    String encoding = part.header().first("Content-Transfer-Encoding");
    byte[] bytes = TransferEncoding.decode(encoding, body);
    return new String(bytes == null ? body : bytes, charset(part));
  }

  private static Charset charset(MimePart part) {
    String name = part.type().parameter("charset").orElse("UTF-8");
    try {
      Charset charset = Charset.forName(MimeUtility.javaCharset(name));
      return charset.name().equals("US-ASCII") ? UTF_8 : charset;
    } catch (IllegalArgumentException e) {
      return UTF_8;
    }
  }
}
