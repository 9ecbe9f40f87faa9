// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;
import dev.mailbox.content.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes messages for tests. */
final class Mails {
  private Mails() {}

  /** The lines with CRLF after each. */
  static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static ParsedHeader header(String... lines) {
    return ParsedHeader.parse(bytes(lines(lines)));
  }

  static MimeContent content(String... lines) {
    return content(bytes(lines(lines)));
  }

  static MimeContent content(byte[] message) {
    return MimeContent.of(new BytesSource(message));
  }

  /** A message of one multipart with boundary "b" and these parts. */
  static MimeContent multipart(String subtype, String... parts) {
    StringBuilder text = new StringBuilder();
    text.append("Content-Type: multipart/").append(subtype).append("; boundary=b\r\n\r\n");
    for (String part : parts) {
      text.append("--b\r\n").append(part).append("\r\n");
    }
    return content(bytes(text.append("--b--\r\n").toString()));
  }

  /** A part of a type, perhaps with more header lines, and a body. */
  static String part(String header, String body) {
    return "Content-Type: " + header + "\r\n\r\n" + body;
  }

  static byte[] read(Part part) {
    try (InputStream in = part.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String readText(Part part) {
    return new String(read(part), StandardCharsets.UTF_8);
  }

  static List<Defect.Kind> kinds(List<Defect> defects) {
    return defects.stream().map(Defect::kind).distinct().toList();
  }

  /** The types of a tree, such as {@code multipart/mixed(text/plain,image/gif)}. */
  static String tree(Part part) {
    if (part.children().isEmpty()) {
      return part.contentType();
    }
    List<String> children = part.children().stream().map(Mails::tree).toList();
    return part.contentType() + "(" + String.join(",", children) + ")";
  }
}
