// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

/** Walks over intervals that are sorted and have gaps between them. */
interface UidCursor {
  /** Steps to the next interval, at first to the first one; false if there is none. */
  boolean next();

  /** The interval's first UID. */
  long first();

  /** The interval's last UID. */
  long last();
}
