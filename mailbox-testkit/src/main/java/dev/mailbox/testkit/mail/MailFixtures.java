// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.mail;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Mails for tests. {@link #mail} builds an ordinary one, {@link Fixture} lists the ones that
 * programs stumble over, {@link #huge} gives one that does not fit in memory.
 */
public final class MailFixtures {
  /** Bytes in a kibibyte. */
  public static final int KB = 1 << 10;

  /** Bytes in a mebibyte. */
  public static final int MB = 1 << 20;

  private static final AtomicLong NUMBERS = new AtomicLong();

  private MailFixtures() {}

  /** Begins a mail with this subject; everything else has a default. */
  public static MailBuilder mail(String subject) {
    return new MailBuilder(subject);
  }

  /** A mail with a base64 body of at least this size, computed as it is read. */
  public static MailSource huge(long sizeInBytes) {
    return new HugeMail(HugeMail.head("huge"), sizeInBytes);
  }

  static long nextNumber() {
    return NUMBERS.incrementAndGet();
  }
}
