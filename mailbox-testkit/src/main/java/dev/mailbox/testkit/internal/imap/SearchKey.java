// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import java.util.List;

/** A condition on a message and its sequence number. */
@FunctionalInterface
interface SearchKey {
  boolean matches(int number, FolderView.Seen seen);

  /** All of these; as many as there may be, without a call for each in another. */
  static SearchKey all(List<SearchKey> keys) {
    return (n, m) -> {
      for (SearchKey key : keys) {
        if (!key.matches(n, m)) {
          return false;
        }
      }
      return true;
    };
  }

  default SearchKey or(SearchKey other) {
    return (n, m) -> matches(n, m) || other.matches(n, m);
  }

  default SearchKey not() {
    return (n, m) -> !matches(n, m);
  }
}
