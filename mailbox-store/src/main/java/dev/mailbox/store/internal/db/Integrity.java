// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import java.util.List;

/** What is read to find out whether the store is as it was written. */
public final class Integrity {
  private static final int MOST_PROBLEMS = 100;

  private Integrity() {}

  /**
   * The checksum of a content.
   *
   * @param content its number
   * @param sha256 the hash of its bytes
   * @param chunks in how many chunks they lie
   */
  @SuppressWarnings("ArrayRecordComponent") // a hash on its way out of the database
  public record Checksum(long content, byte[] sha256, int chunks) {}

  /** What the database finds wrong with its own file. */
  public static List<String> problems(Sql sql) {
    return sql.list("PRAGMA integrity_check(" + MOST_PROBLEMS + ")", r -> r.getString(1)).stream()
        .filter(line -> !line.equals("ok"))
        .toList();
  }

  /** How many contents there are. */
  public static long contents(Sql sql) {
    return sql.number("SELECT count(*) FROM content");
  }

  /** The checksums of the contents after one. */
  public static List<Checksum> checksums(Sql sql, long after, int limit) {
    return sql.list(
        "SELECT id, sha256, chunks FROM content WHERE id > ?1 ORDER BY id LIMIT ?2",
        r -> new Checksum(r.getLong(1), r.getBytes(2), r.getInt(3)),
        after,
        limit);
  }

  /** The placements that show a content. */
  public static List<Long> placements(Sql sql, long content) {
    return sql.list(
        "SELECT id FROM placement WHERE content = ?1 AND hidden = 0", r -> r.getLong(1), content);
  }
}
