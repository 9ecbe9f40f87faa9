// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
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

  private Entries() {}

  /** Gives each entry of a folder. */
  public static void each(Sql sql, long folder, Consumer<RemoteEntry> consumer) {
    sql.visit(
        "SELECT key, listed_size, state, header_hash, since FROM entry WHERE folder = ?1",
        r -> {
          consumer.accept(entry(r));
          return true;
        },
        folder);
  }

  private static RemoteEntry entry(ResultSet r) throws SQLException {
    return new RemoteEntry(
        r.getString(1),
        r.getLong(2),
        STATES.get(r.getInt(3)),
        r.getBytes(4),
        Instant.ofEpochMilli(r.getLong(5)));
  }

  /** The state of an entry. */
  public static Optional<EntryState> state(Sql sql, long folder, String key) {
    return sql.first(
        "SELECT state FROM entry WHERE folder = ?1 AND key = ?2",
        r -> STATES.get(r.getInt(1)),
        folder,
        key);
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

  /** Where the server lists these placements, of those whose bodies are not here. */
  public static List<EntryPlace> places(Sql sql, List<Long> placements) {
    List<EntryPlace> places = new ArrayList<>();
    for (long placement : placements) {
      places.addAll(
          sql.list(
              """
              SELECT f.path, e.key FROM entry e JOIN folder f ON f.id = e.folder
                JOIN placement p ON p.id = e.placement JOIN content c ON c.id = p.content
              WHERE e.placement = ?1 AND c.whole = 0
              """,
              r -> new EntryPlace(FolderPath.parse(r.getString(1)), r.getString(2)),
              placement));
    }
    return places;
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

  /** Notes an entry; the placement that it belongs to stays. */
  public static void state(Sql sql, long folder, RemoteEntry entry) {
    OptionalLong placement = placement(sql, folder, entry.key());
    put(sql, folder, entry, placement.isPresent() ? placement.getAsLong() : null);
  }

  /** Forgets an entry. */
  public static void delete(Sql sql, long folder, String key) {
    sql.update("DELETE FROM entry WHERE folder = ?1 AND key = ?2", folder, key);
  }

  /**
   * Notes that a placement was removed here: what the server may still have of it, it is to lose.
   */
  public static void removed(Sql sql, long placement) {
    sql.update(
        "UPDATE entry SET state = ?1, placement = NULL WHERE placement = ?2 AND state IN (?3, ?4)",
        STATES.indexOf(EntryState.REMOVE),
        placement,
        STATES.indexOf(EntryState.HEADER),
        STATES.indexOf(EntryState.DURABLE));
    sql.update("UPDATE entry SET placement = NULL WHERE placement = ?1", placement);
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

  /** How many entries are in that state. */
  public static int count(Sql sql, EntryState state) {
    return (int) sql.number("SELECT count(*) FROM entry WHERE state = ?1", STATES.indexOf(state));
  }
}
