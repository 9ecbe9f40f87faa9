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
      FROM delivery d JOIN placement p ON p.id = d.placement
      WHERE d.receiver = ?1 AND p.hidden = 0
      """;

  private Deliveries() {}

  /**
   * A message that waits to be handed over.
   *
   * @param placement its number
   * @param attempts how many attempts have failed
   * @param problem why the last has, in words; empty if none has
   * @param dueAt when it is due
   */
  public record Waiting(long placement, int attempts, String problem, Instant dueAt) {}

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
        INSERT INTO delivery (receiver, placement)
        SELECT ?1, p.id FROM placement p JOIN folder f ON f.id = p.folder
        WHERE f.path = ?2 AND f.hidden = 0
        UNION
        SELECT ?1, e.placement FROM entry e JOIN folder f ON f.id = e.folder
        WHERE f.path = ?2 AND f.hidden = 0 AND e.placement IS NOT NULL
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
    sql.update("INSERT INTO delivery (receiver, placement) SELECT id, ?1 FROM receiver", placement);
  }

  /** A message is gone: nobody hands it over. */
  static void removed(Sql sql, long placement) {
    sql.update("DELETE FROM delivery WHERE placement = ?1", placement);
  }

  /** A receiver has handed over a message, which was handled. */
  public static void handled(Sql sql, long receiver, long placement) {
    sql.update("DELETE FROM delivery WHERE receiver = ?1 AND placement = ?2", receiver, placement);
  }

  /** An attempt has failed. */
  public static void failed(Sql sql, long receiver, Waiting failed) {
    sql.update(
        "UPDATE delivery SET attempts = ?3, problem = ?4, due_at = ?5"
            + " WHERE receiver = ?1 AND placement = ?2",
        receiver,
        failed.placement(),
        failed.attempts(),
        failed.problem(),
        failed.dueAt().toEpochMilli());
  }

  /** The messages that are due then, those that arrived first. */
  public static List<Waiting> due(Sql sql, long receiver, Instant now, int limit) {
    return sql.list(
        "SELECT d.placement, d.attempts, d.problem, d.due_at "
            + WAITING
            + " AND d.due_at <= ?2 ORDER BY p.received_at, p.id LIMIT ?3",
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
        "SELECT d.placement, d.attempts, d.problem, d.due_at "
            + WAITING
            + " AND d.attempts > 0 ORDER BY p.received_at, p.id LIMIT ?2",
        Deliveries::waiting,
        receiver,
        limit);
  }

  private static Waiting waiting(ResultSet r) throws SQLException {
    String problem = r.getString(3);
    return new Waiting(
        r.getLong(1),
        r.getInt(2),
        problem == null ? "" : problem,
        Instant.ofEpochMilli(r.getLong(4)));
  }

  /** How many messages a receiver has to hand over. */
  public static int count(Sql sql, long receiver) {
    return (int) sql.number("SELECT count(*) " + WAITING, receiver);
  }
}
