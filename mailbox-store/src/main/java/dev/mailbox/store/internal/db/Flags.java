// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.Flag;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Flags as they are stored: system flags as bits, keywords as one text with spaces between them.
 *
 * @param bits the system flags
 * @param keywords the keywords
 */
public record Flags(int bits, String keywords) {
  /** No flags. */
  public static final Flags NONE = new Flags(0, "");

  private static final List<Flag> SYSTEM =
      List.of(Flag.SEEN, Flag.ANSWERED, Flag.FLAGGED, Flag.DRAFT);

  /** The bit of {@link Flag#SEEN}. */
  public static final int SEEN = 1;

  /** These flags. */
  public static Flags of(Collection<Flag> flags) {
    int bits = 0;
    StringBuilder keywords = new StringBuilder();
    for (Flag flag : new LinkedHashSet<>(flags)) {
      int index = SYSTEM.indexOf(flag);
      if (index >= 0) {
        bits |= 1 << index;
      } else {
        keywords.append(keywords.isEmpty() ? "" : " ").append(flag.name());
      }
    }
    return new Flags(bits, keywords.toString());
  }

  /** The flags as the API shows them. */
  public Set<Flag> toSet() {
    Set<Flag> flags = new LinkedHashSet<>();
    for (int i = 0; i < SYSTEM.size(); i++) {
      if ((bits & (1 << i)) != 0) {
        flags.add(SYSTEM.get(i));
      }
    }
    for (String keyword : keywords.split(" ", -1)) {
      if (!keyword.isEmpty()) {
        flags.add(new Flag(keyword));
      }
    }
    return flags;
  }

  /** Whether these are the same flags, in whatever order. */
  public boolean isSame(Flags other) {
    return equals(other) || toSet().equals(other.toSet());
  }

  /** These with some set and some cleared. */
  public Flags changed(Collection<Flag> set, Collection<Flag> cleared) {
    Set<Flag> flags = toSet();
    flags.addAll(set);
    flags.removeAll(cleared);
    return of(flags);
  }
}
