// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FailedAction;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.MessageId;
import dev.mailbox.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The tables of actions that wait for the server, and of those that it refused. */
public final class ActionQueue {
  private static final String COLUMNS =
      "SELECT id, kind, folder, folder_id, target, target_id, flags_set, flags_cleared, fate_unknown"
          + " FROM action";

  private static final String FAILURES =
      "SELECT placement, description, reason, server_text, at FROM failed_action";

  private ActionQueue() {}

  /** Adds an action at the end, in the transaction that shows it here; returns its number. */
  public static long add(Sql sql, QueuedAction action) {
    sql.update(
        "INSERT INTO action"
            + " (kind, folder, folder_id, target, target_id, flags_set, flags_cleared)"
            + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        action.kind().name(),
        action.folder().toString(),
        action.place().folder(),
        action.target().map(FolderPath::toString).orElse(null),
        action.targetPlace().map(QueuedAction.Place::folder).orElse(null),
        text(action.set()),
        text(action.cleared()));
    long id = sql.number("SELECT last_insert_rowid()");
    for (QueuedAction.Item item : action.items()) {
      sql.update(
          "INSERT INTO action_item (action, placement, copy) VALUES (?1, ?2, ?3)",
          id,
          item.placement(),
          item.copy());
    }
    return id;
  }

  /** The first action after one; after 0, the first of all. */
  public static Optional<QueuedAction> next(Sql sql, long id) {
    return sql.first(COLUMNS + " WHERE id > ?1 ORDER BY id LIMIT 1", r -> action(sql, r), id);
  }

  /** The actions after one, in order. */
  public static List<QueuedAction> after(Sql sql, long id) {
    return sql.list(COLUMNS + " WHERE id > ?1 ORDER BY id", r -> action(sql, r), id);
  }

  /** Whether an action still waits. */
  public static boolean waits(Sql sql, long id) {
    return sql.number("SELECT count(*) FROM action WHERE id = ?1", id) > 0;
  }

  /** How many actions wait. */
  public static int count(Sql sql) {
    return (int) sql.number("SELECT count(*) FROM action");
  }

  /** The actions on a message's flags that wait, in order. */
  public static List<QueuedAction> flagActions(Sql sql, long placement) {
    return sql.list(
        COLUMNS
            + " WHERE kind = 'FLAGS' AND id IN"
            + " (SELECT action FROM action_item WHERE placement = ?1) ORDER BY id",
        r -> action(sql, r),
        placement);
  }

  /** The actions on folders that wait, in order. */
  public static List<QueuedAction> folderActions(Sql sql) {
    return sql.list(
        COLUMNS + " WHERE kind IN ('CREATE_FOLDER', 'RENAME_FOLDER', 'DELETE_FOLDER') ORDER BY id",
        r -> action(sql, r));
  }

  /** The actions that wait to bring messages into a folder, in order. */
  public static List<QueuedAction> into(Sql sql, long folder) {
    return sql.list(
        COLUMNS
            + " WHERE (kind = 'APPEND' AND folder_id = ?1)"
            + " OR (kind IN ('MOVE', 'COPY') AND target_id = ?1) ORDER BY id",
        r -> action(sql, r),
        folder);
  }

  /** Takes an action out. */
  public static void remove(Sql sql, long id) {
    sql.update("DELETE FROM action_item WHERE action = ?1", id);
    sql.update("DELETE FROM action WHERE id = ?1", id);
  }

  /** Takes messages out of an action, and the action when none is left. */
  public static void remove(Sql sql, long id, List<QueuedAction.Item> items) {
    items.forEach(
        item ->
            sql.update(
                "DELETE FROM action_item WHERE action = ?1 AND placement = ?2",
                id,
                item.placement()));
    if (items(sql, id).isEmpty()) {
      remove(sql, id);
    }
  }

  /** Whether a message may have been moved by an action that was sent and is not settled. */
  public static boolean isMoving(Sql sql, long placement) {
    return sql.number(
            "SELECT count(*) FROM action_item i JOIN action a ON a.id = i.action"
                + " WHERE i.placement = ?1 AND a.kind = 'MOVE' AND a.fate_unknown = 1",
            placement)
        > 0;
  }

  /** Notes that an action may have been sent without its answer having been noted. */
  public static void sent(Sql sql, long id, String before) {
    sql.update(
        """
        UPDATE action SET fate_unknown = 1,
          sent_after = (SELECT coalesce(max(id), 0) FROM placement), sent_at = ?2,
          sent_before = ?3
        WHERE id = ?1 AND fate_unknown = 0
        """,
        id,
        System.currentTimeMillis(),
        before);
  }

  /** Notes that an action has not been sent. */
  public static void notSent(Sql sql, long id) {
    sql.update(
        "UPDATE action SET fate_unknown = 0, sent_after = NULL, sent_at = NULL,"
            + " sent_before = NULL WHERE id = ?1",
        id);
  }

  /** Adds to how much an action has failed, and returns how much that is. */
  public static int doubt(Sql sql, long id, int weight) {
    sql.update("UPDATE action SET doubts = doubts + ?2 WHERE id = ?1", id, weight);
    return doubts(sql, id);
  }

  /** How much an action has failed; 0 if it no longer waits. */
  public static int doubts(Sql sql, long id) {
    return (int) sql.number("SELECT doubts FROM action WHERE id = ?1", id);
  }

  /**
   * What was known when an action was sent.
   *
   * @param limit what the copy knew: what a listing has found since may be what the action did
   * @param before what the protocol knew
   */
  public record Sent(Entries.Limit limit, String before) {}

  /** What was known when an action was sent. */
  public static Optional<Sent> sent(Sql sql, long id) {
    return sql.first(
        "SELECT sent_after, sent_at, coalesce(sent_before, '') FROM action"
            + " WHERE id = ?1 AND fate_unknown = 1",
        r -> new Sent(new Entries.Limit(r.getLong(1), r.getLong(2)), r.getString(3)),
        id);
  }

  /**
   * Why an action was not done.
   *
   * @param reason the server's
   * @param serverText what it said
   */
  public record Refusal(Reason reason, String serverText) {}

  /** Notes that an action was refused, for one of its messages or as a whole. */
  public static void failed(
      Sql sql, QueuedAction action, @Nullable Long placement, Refusal refusal) {
    sql.update(
        "INSERT INTO failed_action (action, placement, description, reason, server_text, at)"
            + " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        action.id(),
        placement,
        action.describe(),
        refusal.reason().name(),
        refusal.serverText(),
        Instant.now().toEpochMilli());
  }

  /** Whether an action was refused and nobody has looked at it. */
  public static boolean hasFailed(Sql sql, long action) {
    return sql.number("SELECT count(*) FROM failed_action WHERE action = ?1", action) > 0;
  }

  /** Takes out the note that an action was refused, for a caller who is told now. */
  public static Optional<FailedAction> takeFailure(
      Sql sql, long action, LongFunction<MessageId> ids) {
    Optional<FailedAction> failure =
        sql.first(FAILURES + " WHERE action = ?1 ORDER BY id", r -> failure(r, ids), action);
    sql.update("DELETE FROM failed_action WHERE action = ?1", action);
    return failure;
  }

  /** The actions that were refused, oldest first. */
  public static List<FailedAction> failures(Sql sql, LongFunction<MessageId> ids) {
    return sql.list(FAILURES + " ORDER BY id", r -> failure(r, ids));
  }

  private static FailedAction failure(ResultSet r, LongFunction<MessageId> ids)
      throws SQLException {
    long placement = r.getLong(1);
    return new FailedAction(
        placement == 0 ? Optional.empty() : Optional.of(ids.apply(placement)),
        r.getString(2),
        Reason.valueOf(r.getString(3)),
        r.getString(4),
        Instant.ofEpochMilli(r.getLong(5)));
  }

  /** How many actions were refused. */
  public static int failureCount(Sql sql) {
    return (int) sql.number("SELECT count(*) FROM failed_action");
  }

  /** Forgets the refused actions. */
  public static void clearFailures(Sql sql) {
    sql.update("DELETE FROM failed_action");
  }

  private static QueuedAction action(Sql sql, ResultSet r) throws SQLException {
    long id = r.getLong(1);
    String target = r.getString(5);
    return new QueuedAction(
        id,
        QueuedAction.Kind.valueOf(r.getString(2)),
        place(r.getString(3), r.getLong(4)),
        target == null ? Optional.empty() : Optional.of(place(target, r.getLong(6))),
        flags(r.getString(7)),
        flags(r.getString(8)),
        r.getInt(9) == 1,
        items(sql, id));
  }

  private static QueuedAction.Place place(String path, long folder) {
    return new QueuedAction.Place(FolderPath.parse(path), folder);
  }

  private static List<QueuedAction.Item> items(Sql sql, long id) {
    return sql.list(
        "SELECT placement, copy FROM action_item WHERE action = ?1 ORDER BY placement",
        r -> new QueuedAction.Item(r.getLong(1), r.getLong(2)),
        id);
  }

  private static String text(Set<Flag> flags) {
    return String.join(" ", flags.stream().map(Flag::name).toList());
  }

  private static Set<Flag> flags(String text) {
    return text.isEmpty()
        ? Set.of()
        : Set.copyOf(java.util.Arrays.stream(text.split(" ", -1)).map(Flag::new).toList());
  }
}
