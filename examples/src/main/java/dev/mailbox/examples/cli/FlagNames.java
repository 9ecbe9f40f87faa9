// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Flag;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Flags as people write them. */
final class FlagNames {
  private FlagNames() {}

  static Set<Flag> parse(List<String> names) {
    return LoginOptions.checked(
        () -> names.stream().map(FlagNames::parse).collect(Collectors.toUnmodifiableSet()));
  }

  /** A name of ours, or else the protocol's. */
  private static Flag parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "read", "seen" -> Flag.SEEN;
      case "answered" -> Flag.ANSWERED;
      case "flagged" -> Flag.FLAGGED;
      case "draft" -> Flag.DRAFT;
      case "forwarded" -> Flag.FORWARDED;
      case "junk" -> Flag.JUNK;
      case "not-junk" -> Flag.NOT_JUNK;
      default -> new Flag(name);
    };
  }
}
