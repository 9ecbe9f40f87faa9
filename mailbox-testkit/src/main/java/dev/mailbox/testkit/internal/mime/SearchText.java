// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Decoded text and names, by Jakarta Mail, so that no decoder of the clients is trusted. */
public final class SearchText {
  private static final Session SESSION = Session.getInstance(new Properties());

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

  /** The text parts of a mail; where it cannot be taken apart, its bytes. */
  public static String ofBody(byte[] raw) {
    var text = new StringBuilder();
    try {
      collect(new MimeMessage(SESSION, new ByteArrayInputStream(raw)), text);
    } catch (MessagingException | IOException e) {
      text.append(new String(raw, UTF_8));
    }
    return text.toString();
  }

  /** The names of its parts that have one; empty where it cannot be taken apart. */
  public static List<String> fileNames(byte[] raw) {
    List<String> names = new ArrayList<>();
    try {
      collectNames(new MimeMessage(SESSION, new ByteArrayInputStream(raw)), names);
    } catch (MessagingException | IOException e) {
      return names;
    }
    return names;
  }

  private static void collectNames(Part part, List<String> names)
      throws MessagingException, IOException {
    String name = part.getFileName();
    if (name != null) {
      names.add(MimeUtility.decodeText(name));
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        collectNames(multipart.getBodyPart(i), names);
      }
    }
  }

  private static void collect(Part part, StringBuilder text)
      throws MessagingException, IOException {
    Object content = part.isMimeType("text/*") ? null : part.getContent();
    if (content instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        collect(multipart.getBodyPart(i), text);
      }
    } else if (content instanceof Part inner) {
      collect(inner, text);
    } else if (content == null) {
      text.append(decoded(part)).append('\n');
    }
  }

  private static String decoded(Part part) throws MessagingException, IOException {
    try {
      return String.valueOf(part.getContent());
    } catch (UnsupportedEncodingException e) {
      return new String(part.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
