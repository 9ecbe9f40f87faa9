// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.sync;

import dev.mailbox.FolderPath;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much of the server a mailbox copies. Immutable; by default everything, with bodies as suits
 * the protocol.
 *
 * <p>A scope bounds what is copied from now on. Making it narrower removes nothing that is here.
 */
public final class SyncScope {
  private static final SyncScope EVERYTHING =
      new SyncScope(Set.of(), Integer.MAX_VALUE, null, null);

  private final Set<FolderPath> folders;
  private final int newest;
  private final @Nullable Instant since;
  private final @Nullable BodyPolicy bodies;

  private SyncScope(
      Set<FolderPath> folders, int newest, @Nullable Instant since, @Nullable BodyPolicy bodies) {
    this.folders = Set.copyOf(folders);
    this.newest = newest;
    this.since = since;
    this.bodies = bodies;
  }

  /** Everything, with bodies as suits the protocol. */
  public static SyncScope everything() {
    return EVERYTHING;
  }

  /**
   * The same for these folders only. Without this, all that can be selected, but not those with the
   * roles {@code ALL}, {@code JUNK} and {@code TRASH}. One that the server does not have is in the
   * {@linkplain SyncReport#notes() notes} of the report.
   */
  public SyncScope folders(Set<FolderPath> only) {
    return new SyncScope(only, newest, since, bodies);
  }

  /**
   * The same for at most so many of the newest messages of each folder.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public SyncScope newest(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("newest must be at least 1");
    }
    return new SyncScope(folders, most, since, bodies);
  }

  /** The same for messages that arrived at that instant or later, as far as their headers tell. */
  public SyncScope since(Instant instant) {
    return new SyncScope(folders, newest, instant, bodies);
  }

  /** The same with that policy for bodies. */
  public SyncScope bodies(BodyPolicy policy) {
    return new SyncScope(folders, newest, since, policy);
  }

  /** The folders to copy; empty means the default choice. */
  public Set<FolderPath> folders() {
    return folders;
  }

  /** The bound on the number of messages of each folder, if there is one. */
  public OptionalInt newest() {
    return newest == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(newest);
  }

  /** The bound on arrival, if there is one. */
  public Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  /** The policy for bodies, if one was chosen. */
  public Optional<BodyPolicy> bodies() {
    return Optional.ofNullable(bodies);
  }
}
