// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The folder that a session is in (RFC 9051 section 6.3.2), and what it knows of it. */
public final class Selected {
  private final String name;
  private final boolean readOnly;
  private final long uidValidity;
  private final long uidNext;
  private final Optional<Set<String>> permanentFlags;
  private long exists;

  /**
   * A folder as SELECT or EXAMINE found it.
   *
   * @param name as the server knows it
   * @param readOnly whether nothing can be changed
   * @param uidValidity 0 if the server has no stable UIDs
   * @param uidNext 0 if the server did not tell
   * @param permanentFlags in lower case; empty if the server did not tell
   */
  public Selected(
      String name,
      boolean readOnly,
      long uidValidity,
      long uidNext,
      Optional<Set<String>> permanentFlags) {
    this.name = name;
    this.readOnly = readOnly;
    this.uidValidity = uidValidity;
    this.uidNext = uidNext;
    this.permanentFlags = permanentFlags.map(Set::copyOf);
  }

  /** As the server knows it. */
  public String name() {
    return name;
  }

  /** Whether nothing can be changed. */
  public boolean readOnly() {
    return readOnly;
  }

  /** What makes its UIDs mean something. */
  public long uidValidity() {
    return uidValidity;
  }

  /** A bound above all UIDs at the time, or 0. */
  public long uidNext() {
    return uidNext;
  }

  /** How many messages the session sees. */
  public long exists() {
    return exists;
  }

  void exists(long count) {
    exists = count;
  }

  /** Whether a flag can be changed so that it stays. */
  public boolean keeps(String flag) {
    return permanentFlags.isEmpty()
        || permanentFlags.get().contains(flag.toLowerCase(Locale.ROOT))
        || (!flag.startsWith("\\") && permanentFlags.get().contains("\\*"));
  }
}
