// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The names of files in a mail, by Jakarta Mail, so that no decoder of the clients is trusted. */
public final class FileNames {
  private static final Session SESSION = Session.getInstance(new Properties());

  private FileNames() {}

  /** The names of its parts that have one; empty where it cannot be taken apart. */
  public static List<String> of(byte[] raw) {
    List<String> names = new ArrayList<>();
    try {
      collect(new MimeMessage(SESSION, new ByteArrayInputStream(raw)), names);
    } catch (MessagingException | IOException e) {
      return names;
    }
    return names;
  }

  private static void collect(Part part, List<String> names)
      throws MessagingException, IOException {
    String name = part.getFileName();
    if (name != null) {
      names.add(MimeUtility.decodeText(name));
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        collect(multipart.getBodyPart(i), names);
      }
    }
  }
}
