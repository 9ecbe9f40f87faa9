// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.search;

/** The order of a search's hits. Ties are broken by arrival, newest first. */
public enum SortOrder {
  /** By arrival, newest first. The default. */
  NEWEST_FIRST,
  /** By arrival, oldest first. */
  OLDEST_FIRST,
  /** By size, largest first. */
  LARGEST_FIRST,
  /** By subject, without regard to case. */
  SUBJECT,
  /** By the first author's name or address, without regard to case. */
  FROM
}
