// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.greenmail;

import jakarta.mail.Flags;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Flags under the names that IMAP gives them. */
final class FlagNames {
  private static final Map<Flags.Flag, String> SYSTEM =
      Map.of(
          Flags.Flag.ANSWERED, "\\Answered",
          Flags.Flag.DELETED, "\\Deleted",
          Flags.Flag.DRAFT, "\\Draft",
          Flags.Flag.FLAGGED, "\\Flagged",
          Flags.Flag.SEEN, "\\Seen");

  private FlagNames() {}

  /** Without {@code \Recent}, which belongs to a session and not to the message. */
  static Set<String> of(Flags flags) {
    Set<String> names = new LinkedHashSet<>(List.of(flags.getUserFlags()));
    for (Flags.Flag flag : flags.getSystemFlags()) {
      String name = SYSTEM.get(flag);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** The flags that these names mean. */
  static Flags parse(Set<String> names) {
    var flags = new Flags();
    Set<String> keywords = new LinkedHashSet<>(names);
    SYSTEM.forEach(
        (flag, name) -> {
          if (keywords.remove(name)) {
            flags.add(flag);
          }
        });
    keywords.forEach(flags::add);
    return flags;
  }
}
