// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What lines with {@code --} stand for. */
enum Event {
  STARTTLS,
  COMPRESSED,
  WAIT,
  STALL,
  CLOSE,
  CUT,
  RESET,
  END;

  static Optional<Event> named(String name) {
    return Arrays.stream(values()).filter(event -> event.word().equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(Event::word).collect(Collectors.joining(", "));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing is said behind it. */
  boolean isLast() {
    return this == STALL || this == CLOSE || this == CUT || this == RESET || this == END;
  }
}
