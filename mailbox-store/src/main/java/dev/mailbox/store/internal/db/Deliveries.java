// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables of receivers, and of what each has to hand over. */
public final class Deliveries {
  private static final String WAITING =
      """
      FROM delivery d CROSS JOIN placement p ON p.id = d.placement
      WHERE d.receiver = ?1 AND d.handled = 0 AND p.hidden = 0
      """;

  private static final String COLUMNS =
      "SELECT d.placement, d.identity, d.ordinal, d.attempts, d.problem, d.due_at ";

  private Deliveries() {}

  /**
   * A message that waits to be handed over.
   *
   * @param placement its number
   * @param identity what its content was known by when it arrived
   * @param ordinal its number among those with that identity
   * @param attempt the attempts that have failed
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  public record Waiting(long placement, byte[] identity, long ordinal, Attempt attempt) {}

  /**
   * What came of the attempts so far.
   *
   * @param count how many have failed
   * @param problem why the last has, in words; empty if none has
   * @param dueAt when the next is due
   */
  public record Attempt(int count, String problem, Instant dueAt) {}

  /**
   * The number of the receiver of that name. A new one gets to hand over what the inbox holds, and
   * what came from there and has been moved.
   */
  public static long receiver(Sql sql, String name) {
    Optional<Long> known =
        sql.first("SELECT id FROM receiver WHERE name = ?1", r -> r.getLong(1), name);
    return known.isPresent() ? known.get() : register(sql, name);
  }

  private static long register(Sql sql, String name) {
    sql.update("INSERT INTO receiver (name) VALUES (?1)", name);
    long receiver = sql.number("SELECT last_insert_rowid()");
    sql.update(
        """
        INSERT INTO delivery (receiver, placement, received_at, identity, ordinal)
        SELECT ?1, p.id, p.received_at, c.identity, c.ordinal
        FROM placement p JOIN content c ON c.id = p.content
        WHERE p.id IN (
          SELECT p.id FROM placement p JOIN folder f ON f.id = p.folder
          WHERE f.path = ?2 AND f.hidden = 0
          UNION
          SELECT e.placement FROM entry e JOIN folder f ON f.id = e.folder
          WHERE f.path = ?2 AND f.hidden = 0)
        """,
        receiver,
        FolderPath.INBOX.toString());
    return receiver;
  }

  /** Forgets a receiver, and what it had to hand over. */
  public static void forget(Sql sql, long receiver) {
    sql.update("DELETE FROM delivery WHERE receiver = ?1", receiver);
    sql.update("DELETE FROM receiver WHERE id = ?1", receiver);
  }

  /** A message has arrived: each receiver gets to hand it over. */
  public static void arrived(Sql sql, long placement) {
    sql.update(
        """
        INSERT INTO delivery (receiver, placement, received_at, identity, ordinal)
        SELECT r.id, p.id, p.received_at, c.identity, c.ordinal
        FROM receiver r CROSS JOIN placement p JOIN content c ON c.id = p.content
        WHERE p.id = ?1
        """,
        placement);
  }

  /** A message is gone: nobody hands it over. */
  static void removed(Sql sql, long placement) {
    sql.update("DELETE FROM delivery WHERE placement = ?1", placement);
  }

  /** A receiver has handed over a message, which was handled. */
  public static void handled(Sql sql, long receiver, long placement) {
    sql.update(
        "UPDATE delivery SET handled = 1 WHERE receiver = ?1 AND placement = ?2",
        receiver,
        placement);
  }

  /** An attempt has failed. */
  public static void failed(Sql sql, long receiver, long placement, Attempt last) {
    sql.update(
        "UPDATE delivery SET attempts = ?3, problem = ?4, due_at = ?5"
            + " WHERE receiver = ?1 AND placement = ?2",
        receiver,
        placement,
        last.count(),
        last.problem(),
        last.dueAt().toEpochMilli());
  }

  /** The messages that are due then, those that arrived first. */
  public static List<Waiting> due(Sql sql, long receiver, Instant now, int limit) {
    return sql.list(
        COLUMNS + WAITING + " AND d.due_at <= ?2 ORDER BY d.received_at, d.placement LIMIT ?3",
        Deliveries::waiting,
        receiver,
        now.toEpochMilli(),
        limit);
  }

  /** When the next message is due. */
  public static Optional<Instant> nextDue(Sql sql, long receiver) {
    return sql.first(
        "SELECT d.due_at " + WAITING + " ORDER BY d.due_at LIMIT 1",
        r -> Instant.ofEpochMilli(r.getLong(1)),
        receiver);
  }

  /** Those of which attempts have failed, in the order of arrival. */
  public static List<Waiting> failures(Sql sql, long receiver, int limit) {
    return sql.list(
        COLUMNS + WAITING + " AND d.attempts > 0 ORDER BY d.received_at, d.placement LIMIT ?2",
        Deliveries::waiting,
        receiver,
        limit);
  }

  private static Waiting waiting(ResultSet r) throws SQLException {
    String problem = r.getString(5);
    return new Waiting(
        r.getLong(1),
        r.getBytes(2),
        r.getLong(3),
        new Attempt(
            r.getInt(4), problem == null ? "" : problem, Instant.ofEpochMilli(r.getLong(6))));
  }

  /** How many messages a receiver has to hand over. */
  public static int count(Sql sql, long receiver) {
    return (int) sql.number("SELECT count(*) " + WAITING, receiver);
  }
}
