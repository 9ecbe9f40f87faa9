// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The raw bytes of a mail that need not be in memory. Each {@link #open} gives the same bytes. */
public interface MailSource {

  /** How many bytes {@link #open} will give. */
  long sizeInBytes();

  /** The mail from its first byte; the caller closes it. */
  InputStream open();

  /** A mail that is in memory. The array is not copied. */
  static MailSource of(byte[] raw) {
    return new MailSource() {
      @Override
      public long sizeInBytes() {
        return raw.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(raw);
      }
    };
  }

  /** All bytes at once; for mails that fit in memory. */
  default byte[] bytes() {
    try (InputStream in = open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
