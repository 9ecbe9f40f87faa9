// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Flag;
import dev.mailbox.testkit.internal.content.Content;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A message of the server. Guarded by the server's lock. */
public final class Held {
  private static final Set<String> NOT_OFFERED = Set.of("\\deleted", "\\recent");

  private final long uid;
  private final Content content;
  private final Instant arrivedAt;
  private final Set<String> flags = new LinkedHashSet<>();

  Held(long uid, Content content, Instant arrivedAt) {
    this.uid = uid;
    this.content = content;
    this.arrivedAt = arrivedAt;
  }

  public long uid() {
    return uid;
  }

  public Content content() {
    return content;
  }

  public Instant arrivedAt() {
    return arrivedAt;
  }

  /** All flags by their names, also those that the API does not offer. */
  public Set<String> flagNames() {
    return Set.copyOf(flags);
  }

  /** The flags that a client shows. */
  Set<Flag> flags() {
    return flags.stream()
        .filter(name -> !NOT_OFFERED.contains(name.toLowerCase(Locale.ROOT)))
        .map(Flag::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  void change(List<String> set, List<String> cleared) {
    cleared.forEach(name -> flags.removeIf(name::equalsIgnoreCase));
    for (String name : set) {
      if (flags.stream().noneMatch(name::equalsIgnoreCase)) {
        flags.add(name);
      }
    }
  }
}
