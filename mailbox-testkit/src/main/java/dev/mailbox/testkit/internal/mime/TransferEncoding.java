// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Content-Transfer-Encoding (RFC 2045, section 6), by Jakarta Mail. */
public final class TransferEncoding {
  private static final Set<String> KNOWN =
      Set.of("", "7bit", "8bit", "binary", "base64", "quoted-printable");

  private TransferEncoding() {}

  /** The bytes that were meant; null when the encoding is none that is known. */
  public static byte @Nullable [] decode(String encoding, byte[] bytes) {
    String name = FieldValue.parse(encoding).value();
    if (!KNOWN.contains(name)) {
      return null;
    }
    if (!name.equals("base64") && !name.equals("quoted-printable")) {
      return bytes;
    }
    try (var in = MimeUtility.decode(new ByteArrayInputStream(bytes), name)) {
      return in.readAllBytes();
    } catch (MessagingException | IOException e) {
      return bytes;
    }
  }
}
