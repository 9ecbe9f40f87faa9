// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The tables of contents and of their bytes. */
public final class Contents {
  /** How many bytes a chunk holds, but for the last. */
  public static final int CHUNK_BYTES = 256 << 10;

  private static final int CHUNK_BITS = 20;

  private Contents() {}

  private static long chunkId(long content, int number) {
    return (content << CHUNK_BITS) | number;
  }

  /** The highest number that a content has ever had. */
  public static long highestId(Sql sql) {
    return Math.max(
        sql.number("SELECT seq FROM sqlite_sequence WHERE name = 'content'"),
        sql.number("SELECT max(content) FROM filling"));
  }

  /** Adds a chunk. */
  public static void addChunk(Sql sql, long content, int number, byte[] bytes) {
    sql.update("INSERT INTO chunk (id, data) VALUES (?1, ?2)", chunkId(content, number), bytes);
  }

  /** Reads a chunk. */
  public static Optional<byte[]> chunk(Sql sql, long content, int number) {
    return sql.first(
        "SELECT data FROM chunk WHERE id = ?1", r -> r.getBytes(1), chunkId(content, number));
  }

  /** Notes that chunks of a content are about to be written in several transactions. */
  public static void startFilling(Sql sql, long content) {
    sql.update("INSERT OR IGNORE INTO filling (content) VALUES (?1)", content);
  }

  /** Whether a content's chunks are being written. */
  public static boolean isFilling(Sql sql, long content) {
    return sql.number("SELECT count(*) FROM filling WHERE content = ?1", content) > 0;
  }

  /** Notes that a content's chunks are all there. */
  public static void endFilling(Sql sql, long content) {
    sql.update("DELETE FROM filling WHERE content = ?1", content);
  }

  /** Removes the chunks of a content that will not be stored. */
  public static void discard(Sql sql, long content) {
    deleteChunks(sql, content);
    endFilling(sql, content);
  }

  /** Removes what an earlier run did not finish. */
  public static void sweep(Sql sql) {
    for (long content : sql.list("SELECT content FROM filling", r -> r.getLong(1))) {
      discard(sql, content);
    }
  }

  /** Removes a content's bytes. */
  public static void deleteChunks(Sql sql, long content) {
    sql.update(
        "DELETE FROM chunk WHERE id >= ?1 AND id < ?2",
        chunkId(content, 0),
        chunkId(content + 1, 0));
  }

  /**
   * A whole content with these very bytes, among the first that have its identity: a flood of
   * messages that agree in it must not make each search longer than the one before.
   */
  public static OptionalLong findSame(Sql sql, ContentRow row) {
    long[] found = {0};
    sql.visit(
        "SELECT id, sha256 FROM content WHERE identity = ?1 AND whole = 1 LIMIT 64",
        r -> {
          if (Arrays.equals(r.getBytes(2), row.sha256())) {
            found[0] = r.getLong(1);
          }
          return found[0] == 0;
        },
        (Object) row.identity());
    return found[0] == 0 ? OptionalLong.empty() : OptionalLong.of(found[0]);
  }

  /** Adds a content, telling it apart from others of the same identity. */
  public static void insert(Sql sql, ContentRow row) {
    insert(sql, row, null);
  }

  private static void insert(Sql sql, ContentRow row, @Nullable Long ordinal) {
    Optional<Instant> sentAt = row.envelope().sentAt();
    sql.update(
        """
        INSERT INTO content
          (id, identity, ordinal, sha256, size, chunks, whole, sent_at, envelope)
        VALUES (?1, ?2,
          coalesce(?3, (SELECT max(ordinal) + 1 FROM content WHERE identity = ?2), 0),
          ?4, ?5, ?6, ?7, ?8, ?9)
        """,
        row.id(),
        row.identity(),
        ordinal,
        row.sha256(),
        row.sizeInBytes(),
        row.chunks(),
        row.whole() ? 1 : 0,
        sentAt.isPresent() ? sentAt.get().toEpochMilli() : null,
        EnvelopeText.of(row.envelope()));
  }

  /**
   * Puts a whole content in the place of one of which only the header was here. Those who knew the
   * old one by its identity find it again if the identity is the same.
   */
  public static void replace(Sql sql, long old, ContentRow row) {
    long ordinal = sql.number("SELECT ordinal FROM content WHERE id = ?1", old);
    boolean same =
        sql.first("SELECT identity FROM content WHERE id = ?1", r -> r.getBytes(1), old)
            .map(identity -> Arrays.equals(identity, row.identity()))
            .orElse(false);
    delete(sql, old);
    if (same) {
      insert(sql, row, ordinal);
    } else {
      insert(sql, row);
    }
    sql.update("UPDATE placement SET content = ?1 WHERE content = ?2", row.id(), old);
  }

  /** Shows another content that is here already in the place of one. */
  public static void replace(Sql sql, long old, long same) {
    sql.update("UPDATE placement SET content = ?1 WHERE content = ?2", same, old);
    deleteIfUnused(sql, old);
  }

  /** Whether the content is whole, and has these very bytes. */
  public static boolean isSame(Sql sql, long content, byte[] sha256) {
    return sql.first(
            "SELECT sha256 FROM content WHERE id = ?1 AND whole = 1", r -> r.getBytes(1), content)
        .map(found -> Arrays.equals(found, sha256))
        .orElse(false);
  }

  /** Whether two contents are the same message, as far as what is here of them tells. */
  public static boolean agree(Sql sql, long one, long other) {
    return sql.number(
            """
            SELECT count(*) FROM content a JOIN content b ON b.identity = a.identity
            WHERE a.id = ?1 AND b.id = ?2 AND (a.whole = 0 OR b.whole = 0 OR a.sha256 = b.sha256)
            """,
            one,
            other)
        > 0;
  }

  /** In how many chunks a content's bytes lie; 0 if there is no such content. */
  public static int chunks(Sql sql, long content) {
    return (int) sql.number("SELECT chunks FROM content WHERE id = ?1", content);
  }

  /** Whether there is such a content. */
  public static boolean exists(Sql sql, long content) {
    return sql.number("SELECT count(*) FROM content WHERE id = ?1", content) > 0;
  }

  /** Whether the content's body is here. */
  public static boolean isWhole(Sql sql, long content) {
    return sql.number("SELECT whole FROM content WHERE id = ?1", content) == 1;
  }

  /** Removes a content with its bytes if no placement shows it any more. */
  public static void deleteIfUnused(Sql sql, long content) {
    if (sql.number("SELECT count(*) FROM placement WHERE content = ?1", content) == 0) {
      delete(sql, content);
    }
  }

  private static void delete(Sql sql, long content) {
    deleteChunks(sql, content);
    Words.delete(sql, content);
    sql.update("DELETE FROM content WHERE id = ?1", content);
  }
}
