// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether transcripts show what messages hold.
 *
 * @param shownFields the names of header fields that are shown all the same, in lower case
 */
record HiddenBodies(boolean isOn, Set<String> shownFields) {
  /** All is shown. */
  static final HiddenBodies NONE = new HiddenBodies(false, Set.of());

  /** Nothing is shown but these fields. */
  static HiddenBodies butFor(String... fields) {
    return new HiddenBodies(
        true,
        Stream.of(fields)
            .map(field -> field.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()));
  }
}
