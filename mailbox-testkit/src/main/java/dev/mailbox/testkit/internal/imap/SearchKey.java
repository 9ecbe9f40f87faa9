// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

/** A condition on a message and its sequence number. */
@FunctionalInterface
interface SearchKey {
  boolean matches(int number, FolderView.Seen seen);

  default SearchKey and(SearchKey other) {
    return (n, m) -> matches(n, m) && other.matches(n, m);
  }

  default SearchKey or(SearchKey other) {
    return (n, m) -> matches(n, m) || other.matches(n, m);
  }

  default SearchKey not() {
    return (n, m) -> !matches(n, m);
  }
}
