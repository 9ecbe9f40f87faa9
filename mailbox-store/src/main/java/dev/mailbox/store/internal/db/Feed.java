// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;
import dev.mailbox.MessageId;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The table of changes. Rows are written in the transactions of what they tell of. */
public final class Feed {
  /** The kinds of rows. */
  public enum Kind {
    /** A message is new. */
    ARRIVED,
    /** Flags changed. */
    FLAGS,
    /** A body came. */
    BODY,
    /** A message moved; the detail is the folder it left. */
    MOVED,
    /** A message was removed; the detail is the cause. */
    REMOVED,
    /** A folder is new. */
    FOLDER_CREATED,
    /** A folder was renamed; the detail is its old path. */
    FOLDER_RENAMED,
    /** A folder is gone. */
    FOLDER_DELETED,
    /** An action was refused. */
    ACTION_FAILED
  }

  /** How many rows are kept at least; the feed is pruned when twice as many have gathered. */
  private static final long KEPT = 500_000;

  private static final String PRUNED_TO = "feed_pruned_to";

  /** Each kind's place in this list is what is stored: only add at the end. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.ARRIVED,
          Kind.FLAGS,
          Kind.BODY,
          Kind.MOVED,
          Kind.REMOVED,
          Kind.FOLDER_CREATED,
          Kind.FOLDER_RENAMED,
          Kind.FOLDER_DELETED,
          Kind.ACTION_FAILED);

  private Feed() {}

  /** Adds a row. */
  public static void add(
      Sql sql, Kind kind, @Nullable Long placement, FolderPath folder, @Nullable String detail) {
    sql.update(
        "INSERT INTO feed (kind, placement, folder, detail) VALUES (?1, ?2, ?3, ?4)",
        KINDS.indexOf(kind),
        placement,
        folder.toString(),
        detail);
  }

  /** The changes after a position, oldest first. */
  public static List<Change> after(
      Sql sql, FeedPosition position, int limit, LongFunction<MessageId> ids) {
    long pruned = Meta.number(sql, PRUNED_TO);
    if (position.value() < pruned) {
      return List.of(new Change.Gap(new FeedPosition(pruned)));
    }
    return sql.list(
        "SELECT seq, kind, placement, folder, detail FROM feed WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        r -> change(r, ids),
        position.value(),
        limit);
  }

  private static Change change(ResultSet r, LongFunction<MessageId> ids) throws SQLException {
    FeedPosition at = new FeedPosition(r.getLong(1));
    MessageId id = ids.apply(r.getLong(3));
    FolderPath folder = FolderPath.parse(r.getString(4));
    String detail = r.getString(5);
    return switch (KINDS.get(r.getInt(2))) {
      case ARRIVED -> new Change.Arrived(at, id, folder);
      case FLAGS -> new Change.FlagsChanged(at, id, folder);
      case BODY -> new Change.BodyArrived(at, id, folder);
      case MOVED -> new Change.Moved(at, id, FolderPath.parse(detail), folder);
      case REMOVED -> new Change.Removed(at, id, folder, Change.Cause.valueOf(detail));
      case FOLDER_CREATED -> new Change.FolderCreated(at, folder);
      case FOLDER_RENAMED -> new Change.FolderRenamed(at, FolderPath.parse(detail), folder);
      case FOLDER_DELETED -> new Change.FolderDeleted(at, folder);
      case ACTION_FAILED -> new Change.ActionFailed(at, id, folder);
    };
  }

  /** The position of the newest change. */
  public static FeedPosition last(Sql sql) {
    return new FeedPosition(
        Math.max(sql.number("SELECT max(seq) FROM feed"), Meta.number(sql, PRUNED_TO)));
  }

  /** Drops the oldest rows when there are too many. */
  public static void prune(Sql sql) {
    prune(sql, KEPT);
  }

  static void prune(Sql sql, long kept) {
    long newest = sql.number("SELECT max(seq) FROM feed");
    long oldest = sql.number("SELECT min(seq) FROM feed");
    if (newest - oldest >= 2 * kept) {
      sql.update("DELETE FROM feed WHERE seq <= ?1", newest - kept);
      Meta.put(sql, PRUNED_TO, Long.toString(newest - kept));
    }
  }
}
