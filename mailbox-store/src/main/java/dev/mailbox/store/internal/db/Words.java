// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The text index. It is filled in the order of the contents' numbers, up to a mark, and so needs no
 * list of what is to be done, but for the few contents that were stored after the mark had passed
 * their numbers.
 */
public final class Words {
  private static final String INDEXED_TO = "indexed_to";

  private Words() {}

  /**
   * What the index takes in of one content.
   *
   * @param content the content's number
   * @param subject its subject
   * @param people names and addresses
   * @param body its text
   * @param files names of attachments
   */
  public record Entry(long content, String subject, String people, String body, String files) {}

  /** The next contents that are not in the index. */
  public static List<Long> next(Sql sql, int limit) {
    return sql.list(
        """
        SELECT content FROM late
        UNION ALL
        SELECT * FROM (SELECT id FROM content WHERE id > ?1 ORDER BY id)
        LIMIT ?2
        """,
        r -> r.getLong(1),
        Meta.number(sql, INDEXED_TO),
        limit);
  }

  /**
   * Takes contents in.
   *
   * @param ids the contents that {@link #next} gave
   * @param entries what the index is to know of them; of those that have been removed, nothing
   */
  public static void add(Sql sql, List<Long> ids, List<Entry> entries) {
    for (Entry entry : entries) {
      if (Contents.exists(sql, entry.content())) {
        insert(sql, entry);
      }
    }
    long mark = Meta.number(sql, INDEXED_TO);
    long newMark = mark;
    for (long id : ids) {
      sql.update("DELETE FROM late WHERE content = ?1", id);
      newMark = Math.max(newMark, id);
    }
    noteOvertaken(sql, ids, mark, newMark);
    Meta.put(sql, INDEXED_TO, Long.toString(newMark));
  }

  /** Contents that were stored while these were read, and that the mark now passes. */
  private static void noteOvertaken(Sql sql, List<Long> ids, long from, long to) {
    Set<Long> taken = Set.copyOf(ids);
    sql
        .list("SELECT id FROM content WHERE id > ?1 AND id <= ?2", r -> r.getLong(1), from, to)
        .stream()
        .filter(id -> !taken.contains(id))
        .forEach(id -> sql.update("INSERT OR IGNORE INTO late (content) VALUES (?1)", id));
  }

  private static void insert(Sql sql, Entry entry) {
    sql.update("DELETE FROM words WHERE rowid = ?1", entry.content());
    sql.update(
        "INSERT INTO words (rowid, subject, people, body, files) VALUES (?1, ?2, ?3, ?4, ?5)",
        entry.content(),
        entry.subject(),
        entry.people(),
        entry.body(),
        entry.files());
  }

  /** Notes a content whose number was given long before it was stored. */
  public static void late(Sql sql, long content) {
    if (content <= Meta.number(sql, INDEXED_TO)) {
      sql.update("INSERT OR IGNORE INTO late (content) VALUES (?1)", content);
    }
  }

  /** How many contents the index has not taken in. */
  public static int missing(Sql sql) {
    return (int)
        sql.number(
            "SELECT (SELECT count(*) FROM content WHERE id > ?1) + (SELECT count(*) FROM late)",
            Meta.number(sql, INDEXED_TO));
  }

  /** The contents in which an expression of the index's language matches. */
  public static Set<Long> search(Sql sql, String expression) {
    return new HashSet<>(
        sql.list("SELECT rowid FROM words WHERE words MATCH ?1", r -> r.getLong(1), expression));
  }

  static void delete(Sql sql, long content) {
    if (content <= Meta.number(sql, INDEXED_TO)) {
      sql.update("DELETE FROM words WHERE rowid = ?1", content);
      sql.update("DELETE FROM late WHERE content = ?1", content);
    }
  }
}
