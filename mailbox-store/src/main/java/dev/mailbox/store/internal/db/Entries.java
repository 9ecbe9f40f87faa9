// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.EntrySummary;
import dev.mailbox.spi.RemoteEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The table of what the protocol remembers of the server's listing. */
public final class Entries {
  /** Each state's place in this list is what is stored: only add at the end. */
  private static final List<EntryState> STATES =
      List.of(
          EntryState.HEADER,
          EntryState.DURABLE,
          EntryState.REMOVE,
          EntryState.UNCONFIRMED,
          EntryState.REMOVED,
          EntryState.LEFT);

  private static final String COLUMNS =
      "SELECT key, listed_size, state, header_hash, since FROM entry";

  private Entries() {}

  /**
   * What was known at some time.
   *
   * @param lastPlacement the greatest number of a placement then
   * @param leftUntil the time in milliseconds since 1970, for what was left out and has no
   *     placement
   */
  public record Limit(long lastPlacement, long leftUntil) {
    /** Everything. */
    public static final Limit NONE = new Limit(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Some entries of a folder, in the order of their keys, after a key. */
  public static List<RemoteEntry> after(Sql sql, long folder, String key, Limit limit, int count) {
    return sql.list(
        COLUMNS
            + " WHERE folder = ?1 AND key > ?2 AND coalesce(placement, 0) <= ?3"
            + " AND (state <> ?4 OR since <= ?5) ORDER BY key LIMIT ?6",
        Entries::entry,
        folder,
        key,
        limit.lastPlacement(),
        STATES.indexOf(EntryState.LEFT),
        limit.leftUntil(),
        count);
  }

  /** What the entries of a folder come to. */
  public static EntrySummary summary(Sql sql, long folder, Limit limit) {
    return sql.first(
            """
            SELECT count(*), count(*) FILTER (WHERE state = ?2), min(since) FROM entry
            WHERE folder = ?1 AND coalesce(placement, 0) <= ?3 AND (state <> ?4 OR since <= ?5)
            """,
            r ->
                new EntrySummary(
                    r.getInt(1),
                    r.getInt(2),
                    r.getInt(1) == 0 ? Instant.MAX : Instant.ofEpochMilli(r.getLong(3))),
            folder,
            STATES.indexOf(EntryState.DURABLE),
            limit.lastPlacement(),
            STATES.indexOf(EntryState.LEFT),
            limit.leftUntil())
        .orElseThrow();
  }

  /** The entry with that key. */
  public static Optional<RemoteEntry> find(Sql sql, long folder, String key) {
    return sql.first(COLUMNS + " WHERE folder = ?1 AND key = ?2", Entries::entry, folder, key);
  }

  /**
   * The flags that the server last told of a message.
   *
   * @param key how the server names it
   * @param flags its flags
   */
  public record KeyedFlags(String key, Flags flags) {}

  /** The server's flags of some messages of a folder, in the order of their keys, after a key. */
  public static List<KeyedFlags> flagsAfter(Sql sql, long folder, String key, int limit) {
    return sql.list(
        """
        SELECT e.key, p.server_flags, p.server_keywords
        FROM entry e JOIN placement p ON p.id = e.placement
        WHERE e.folder = ?1 AND e.key > ?2 AND p.server_flags IS NOT NULL ORDER BY e.key LIMIT ?3
        """,
        r -> new KeyedFlags(r.getString(1), new Flags(r.getInt(2), r.getString(3))),
        folder,
        key,
        limit);
  }

  private static RemoteEntry entry(ResultSet r) throws SQLException {
    return new RemoteEntry(
        r.getString(1),
        r.getLong(2),
        STATES.get(r.getInt(3)),
        r.getBytes(4),
        Instant.ofEpochMilli(r.getLong(5)));
  }

  /** The placement that an entry belongs to. */
  public static OptionalLong placement(Sql sql, long folder, String key) {
    long id = sql.number("SELECT placement FROM entry WHERE folder = ?1 AND key = ?2", folder, key);
    return id == 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /** The key under which the server lists a placement in a folder. */
  public static Optional<String> key(Sql sql, long folder, long placement) {
    return sql.first(
        "SELECT key FROM entry WHERE placement = ?1 AND folder = ?2",
        r -> r.getString(1),
        placement,
        folder);
  }

  /** The placements, wherever they are, that the server lists in a folder. */
  public static List<Long> placements(Sql sql, long folder) {
    return sql.list(
        "SELECT placement FROM entry WHERE folder = ?1 AND placement IS NOT NULL",
        r -> r.getLong(1),
        folder);
  }

  /** The keys of durable entries that all receivers have handled, after a key. */
  public static List<String> handledAfter(Sql sql, long folder, String key, int count) {
    return sql.list(
        """
        SELECT e.key FROM entry e
        WHERE e.folder = ?1 AND e.key > ?2 AND e.state IN (?3, ?4) AND e.placement IS NOT NULL
          AND (SELECT min(d.handled) FROM delivery d WHERE d.placement = e.placement) = 1
        ORDER BY e.key LIMIT ?5
        """,
        r -> r.getString(1),
        folder,
        key,
        STATES.indexOf(EntryState.DURABLE),
        STATES.indexOf(EntryState.UNCONFIRMED),
        count);
  }

  /** Gives an entry another key, which must be free. */
  public static void rekey(Sql sql, long folder, String key, String newKey) {
    sql.update("UPDATE entry SET key = ?3 WHERE folder = ?1 AND key = ?2", folder, key, newKey);
  }

  /** Makes an entry another placement's. */
  public static void give(Sql sql, long folder, String key, long placement) {
    sql.update(
        "UPDATE entry SET placement = ?3 WHERE folder = ?1 AND key = ?2", folder, key, placement);
  }

  /** Where the server lists the bodies of these placements, of those whose bodies are not here. */
  public static List<EntryPlace> places(Sql sql, List<Long> placements) {
    List<EntryPlace> places = new ArrayList<>();
    for (long placement : placements) {
      places.addAll(
          sql.list(
              """
              SELECT f.path, e.key FROM placement p JOIN content c ON c.id = p.content
                JOIN placement s ON s.content = c.id JOIN entry e ON e.placement = s.id
                JOIN folder f ON f.id = e.folder
              WHERE p.id = ?1 AND c.whole = 0 ORDER BY s.id <> p.id LIMIT 1
              """,
              r -> new EntryPlace(FolderPath.parse(r.getString(1)), r.getString(2)),
              placement));
    }
    return places;
  }

  /** Whether the server lists a placement anywhere. */
  public static boolean lists(Sql sql, long placement) {
    return sql.number("SELECT count(*) FROM entry WHERE placement = ?1", placement) > 0;
  }

  /** Notes that the body of a placement has come. */
  public static void whole(Sql sql, long placement) {
    sql.update(
        "UPDATE entry SET state = ?1 WHERE placement = ?2 AND state = ?3",
        STATES.indexOf(EntryState.DURABLE),
        placement,
        STATES.indexOf(EntryState.HEADER));
  }

  /** Whether the server still has one of these placements, as far as its last listing tells. */
  public static boolean anyListed(Sql sql, List<Long> placements) {
    return placements.stream()
        .anyMatch(
            placement ->
                sql.number(
                        "SELECT count(*) FROM entry WHERE placement = ?1 AND state <> ?2",
                        placement,
                        STATES.indexOf(EntryState.REMOVED))
                    > 0);
  }

  /** Forgets the entries of a placement. */
  public static void forget(Sql sql, long placement) {
    sql.update("DELETE FROM entry WHERE placement = ?1", placement);
  }

  /** Notes an entry together with its placement. */
  public static void put(Sql sql, long folder, RemoteEntry entry, @Nullable Long placement) {
    sql.update(
        """
        INSERT INTO entry (folder, key, listed_size, state, header_hash, since, placement)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (folder, key) DO UPDATE SET
          listed_size = excluded.listed_size, state = excluded.state,
          header_hash = excluded.header_hash, since = excluded.since,
          placement = excluded.placement
        """,
        folder,
        entry.key(),
        entry.listedSize(),
        STATES.indexOf(entry.state()),
        entry.headerHash(),
        entry.since().toEpochMilli(),
        placement);
  }

  /**
   * Notes an entry; the placement that it belongs to stays. What a message here belongs to, such as
   * one that an action has put there meanwhile, is none that was left out.
   */
  public static void state(Sql sql, long folder, RemoteEntry entry) {
    sql.update(
        """
        INSERT INTO entry (folder, key, listed_size, state, header_hash, since)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (folder, key) DO UPDATE SET
          listed_size = excluded.listed_size, state = excluded.state,
          header_hash = excluded.header_hash, since = excluded.since
        WHERE placement IS NULL OR excluded.state <> ?7
        """,
        folder,
        entry.key(),
        entry.listedSize(),
        STATES.indexOf(entry.state()),
        entry.headerHash(),
        entry.since().toEpochMilli(),
        STATES.indexOf(EntryState.LEFT));
  }

  /** Forgets an entry. */
  public static void delete(Sql sql, long folder, String key) {
    sql.update("DELETE FROM entry WHERE folder = ?1 AND key = ?2", folder, key);
  }

  /**
   * Notes that a placement was removed here: what the server may still have of it, it is to lose,
   * unless it has the only body of a copy.
   */
  public static void removed(Sql sql, long placement) {
    Optional<Long> heir = heir(sql, placement);
    if (heir.isPresent()) {
      sql.update("UPDATE entry SET placement = ?1 WHERE placement = ?2", heir.get(), placement);
      return;
    }
    sql.update(
        "UPDATE entry SET state = ?1, since = ?6, placement = NULL"
            + " WHERE placement = ?2 AND state IN (?3, ?4, ?5)",
        STATES.indexOf(EntryState.REMOVE),
        placement,
        STATES.indexOf(EntryState.HEADER),
        STATES.indexOf(EntryState.DURABLE),
        STATES.indexOf(EntryState.UNCONFIRMED),
        System.currentTimeMillis());
    sql.update("UPDATE entry SET placement = NULL WHERE placement = ?1", placement);
  }

  /** A copy whose body is still on the server, and nowhere but where this one's is. */
  private static Optional<Long> heir(Sql sql, long placement) {
    return sql.first(
        """
        SELECT s.id FROM placement p JOIN content c ON c.id = p.content
          JOIN placement s ON s.content = c.id
        WHERE p.id = ?1 AND c.whole = 0 AND s.id <> p.id AND s.hidden = 0 LIMIT 1
        """,
        r -> r.getLong(1),
        placement);
  }

  /** How many entries of a folder are in that state. */
  public static int count(Sql sql, long folder, EntryState state) {
    return (int)
        sql.number(
            "SELECT count(*) FROM entry WHERE folder = ?1 AND state = ?2",
            folder,
            STATES.indexOf(state));
  }

  /** How many entries are in that state. */
  public static int count(Sql sql, EntryState state) {
    return (int) sql.number("SELECT count(*) FROM entry WHERE state = ?1", STATES.indexOf(state));
  }
}
