// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of placements: which message is in which folder. */
public final class Placements {
  private static final String COLUMNS =
      """
      SELECT p.id, f.path, f.on_server AND NOT p.sole, p.remote_key, p.received_at, p.flags, p.keywords,
        c.id, c.identity, c.ordinal, c.size, c.chunks, c.whole, c.sent_at, c.envelope
      FROM placement p JOIN folder f ON f.id = p.folder JOIN content c ON c.id = p.content
      """;

  static final String NAMELESS =
      """
      SELECT p.id FROM content c CROSS JOIN placement p ON p.content = c.id
      WHERE c.identity = ?1 AND p.remote_key IS NULL AND p.sole = 0
        AND (c.whole = 0 OR ?3 = 0 OR c.sha256 = ?4)
        AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.placement = p.id)
        AND NOT EXISTS (SELECT 1 FROM action_item i WHERE i.copy = p.id)
        AND ?2 = coalesce(
          (SELECT iif(a.kind = 'APPEND', 0, a.folder_id)
            FROM action_item i JOIN action a ON a.id = i.action
            WHERE i.placement = p.id ORDER BY a.id LIMIT 1),
          p.folder)
      ORDER BY p.id
      """;

  private Placements() {}

  /**
   * A placement that is about to be made.
   *
   * @param folder the folder's number
   * @param content the content's number
   * @param remoteKey how the server names it
   * @param receivedAt when it arrived
   * @param flags its flags
   * @param onServer whether the flags are also the server's
   */
  public record New(
      long folder,
      long content,
      @Nullable String remoteKey,
      Instant receivedAt,
      Flags flags,
      boolean onServer) {}

  /** Makes a placement and returns its number. */
  public static long insert(Sql sql, New placement) {
    return sql.number(
        """
        INSERT INTO placement
          (folder, content, remote_key, received_at, flags, keywords, server_flags, server_keywords)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id
        """,
        placement.folder(),
        placement.content(),
        placement.remoteKey(),
        placement.receivedAt().toEpochMilli(),
        placement.flags().bits(),
        placement.flags().keywords(),
        placement.onServer() ? placement.flags().bits() : null,
        placement.onServer() ? placement.flags().keywords() : null);
  }

  /** The placement with that number, if it is shown. */
  public static Optional<MessageRow> find(Sql sql, long id) {
    return sql.first(COLUMNS + " WHERE p.id = ?1 AND p.hidden = 0", Placements::row, id);
  }

  /** The placement with that number, also if it is hidden. */
  public static Optional<MessageRow> findAny(Sql sql, long id) {
    return sql.first(COLUMNS + " WHERE p.id = ?1", Placements::row, id);
  }

  /** The newest of a folder. */
  public static List<MessageRow> newest(Sql sql, long folder, int limit) {
    return sql.list(
        COLUMNS
            + " WHERE p.folder = ?1 AND p.hidden = 0"
            + " ORDER BY p.received_at DESC, p.id DESC LIMIT ?2",
        Placements::row,
        folder,
        limit);
  }

  /** Those of a folder that come after one, newest first. */
  public static List<MessageRow> olderThan(Sql sql, long folder, long id, int limit) {
    return sql.list(
        COLUMNS
            + " WHERE p.folder = ?1 AND p.hidden = 0"
            + " AND (p.received_at, p.id) < (SELECT received_at, id FROM placement WHERE id = ?2)"
            + " ORDER BY p.received_at DESC, p.id DESC LIMIT ?3",
        Placements::row,
        folder,
        id,
        limit);
  }

  /**
   * A place in the order of arrival.
   *
   * @param oldestFirst the direction
   * @param receivedAt where, in milliseconds since 1970
   * @param id where, among those that arrived together
   */
  public record Cursor(boolean oldestFirst, long receivedAt, long id) {
    /** Before the first. */
    public static Cursor start(boolean oldestFirst) {
      return oldestFirst
          ? new Cursor(true, Long.MIN_VALUE, Long.MIN_VALUE)
          : new Cursor(false, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** After this one. */
    public Cursor after(MessageRow row) {
      return new Cursor(oldestFirst, row.receivedAt().toEpochMilli(), row.id());
    }
  }

  /** The next of a folder, or of all folders, after a place in the order of arrival. */
  public static List<MessageRow> page(Sql sql, @Nullable Long folder, Cursor cursor, int limit) {
    String compare = cursor.oldestFirst() ? ">" : "<";
    String direction = cursor.oldestFirst() ? "" : " DESC";
    return sql.list(
        COLUMNS
            + " WHERE p.hidden = 0 AND f.hidden = 0"
            + (folder == null ? " AND ?1 IS NULL" : " AND p.folder = ?1")
            + " AND (p.received_at, p.id) "
            + compare
            + " (?2, ?3) ORDER BY p.received_at"
            + direction
            + ", p.id"
            + direction
            + " LIMIT ?4",
        Placements::row,
        folder,
        cursor.receivedAt(),
        cursor.id(),
        limit);
  }

  private static MessageRow row(ResultSet r) throws SQLException {
    return new MessageRow(
        r.getLong(1),
        FolderPath.parse(r.getString(2)),
        r.getInt(3) == 1 ? Residence.SERVER : Residence.LOCAL,
        r.getString(4),
        Instant.ofEpochMilli(r.getLong(5)),
        new Flags(r.getInt(6), r.getString(7)),
        content(r));
  }

  private static MessageRow.Content content(ResultSet r) throws SQLException {
    long sentAt = r.getLong(14);
    boolean undated = r.wasNull();
    return new MessageRow.Content(
        r.getLong(8),
        r.getBytes(9),
        r.getLong(10),
        r.getLong(11),
        r.getInt(12),
        r.getInt(13) == 1,
        undated ? Optional.empty() : Optional.of(Instant.ofEpochMilli(sentAt)),
        r.getString(15));
  }

  /** The number of the folder that a placement is in. */
  public static Optional<Long> folder(Sql sql, long id) {
    return sql.first(
        "SELECT folder FROM placement WHERE id = ?1 AND hidden = 0", r -> r.getLong(1), id);
  }

  /** What is known of a placement, also of a hidden one. */
  public static Optional<PlacementState> state(Sql sql, long id) {
    return sql.first(
        """
        SELECT p.folder, f.path, f.on_server AND NOT p.sole, p.sole, p.hidden, p.content,
          p.flags, p.keywords, p.server_flags, p.server_keywords
        FROM placement p JOIN folder f ON f.id = p.folder WHERE p.id = ?1
        """,
        Placements::state,
        id);
  }

  private static PlacementState state(ResultSet r) throws SQLException {
    int serverBits = r.getInt(9);
    boolean untold = r.wasNull();
    return new PlacementState(
        new QueuedAction.Place(FolderPath.parse(r.getString(2)), r.getLong(1)),
        r.getInt(3) == 1,
        r.getInt(4) == 1,
        r.getInt(5) == 1,
        r.getLong(6),
        new Flags(r.getInt(7), r.getString(8)),
        untold ? Optional.empty() : Optional.of(new Flags(serverBits, r.getString(10))));
  }

  /** Whether there are some of these placements, and all of them live here. */
  public static boolean areHere(Sql sql, List<Long> ids) {
    List<PlacementState> states = ids.stream().flatMap(id -> state(sql, id).stream()).toList();
    return !states.isEmpty() && states.stream().noneMatch(PlacementState::onServer);
  }

  /** The content that a placement shows. */
  public static Optional<Long> content(Sql sql, long id) {
    return sql.first("SELECT content FROM placement WHERE id = ?1", r -> r.getLong(1), id);
  }

  /**
   * The placement that shows a content like this one, and that the server has in a folder under a
   * key which it has not told. Until the actions that wait for it are done, the server has it where
   * the first of them begins; what is to be appended or copied first, it does not have. Looked for
   * by the content: a folder may hold hundreds of thousands (the join keeps the order of the
   * tables).
   */
  public static Optional<Long> nameless(Sql sql, long folder, ContentRow content) {
    return sql.first(
        NAMELESS,
        r -> r.getLong(1),
        content.identity(),
        folder,
        content.whole() ? 1 : 0,
        content.sha256());
  }

  /** The placements that show a content. */
  public static List<Long> showing(Sql sql, long content) {
    return sql.list("SELECT id FROM placement WHERE content = ?1", r -> r.getLong(1), content);
  }

  /** Whether the server named a placement so. */
  public static boolean hasKey(Sql sql, long id, String key) {
    return sql.number("SELECT count(*) FROM placement WHERE id = ?1 AND remote_key = ?2", id, key)
        > 0;
  }

  /** The flags that a placement shows. */
  public static Optional<Flags> flags(Sql sql, long id) {
    return sql.first(
        "SELECT flags, keywords FROM placement WHERE id = ?1 AND hidden = 0",
        r -> new Flags(r.getInt(1), r.getString(2)),
        id);
  }

  /** The flags that the server last told; empty where there is no server to tell. */
  public static Optional<Flags> serverFlags(Sql sql, long id) {
    return sql.first(
        "SELECT server_flags, server_keywords FROM placement"
            + " WHERE id = ?1 AND server_flags IS NOT NULL",
        r -> new Flags(r.getInt(1), r.getString(2)),
        id);
  }

  /** Shows other flags. */
  public static void show(Sql sql, long id, Flags flags) {
    sql.update(
        "UPDATE placement SET flags = ?1, keywords = ?2 WHERE id = ?3",
        flags.bits(),
        flags.keywords(),
        id);
  }

  /** Notes the flags that the server has. */
  public static void serverFlags(Sql sql, long id, Flags flags) {
    sql.update(
        "UPDATE placement SET server_flags = ?1, server_keywords = ?2 WHERE id = ?3",
        flags.bits(),
        flags.keywords(),
        id);
  }

  /**
   * Makes a placement the only copy, of which no server knows any more, or such a one no longer.
   */
  public static void sole(Sql sql, long id, boolean sole) {
    sql.update(
        "UPDATE placement SET sole = ?1, server_flags = NULL, server_keywords = NULL WHERE id = ?2",
        sole ? 1 : 0,
        id);
  }

  /** Shows another content. */
  public static void content(Sql sql, long id, long content) {
    sql.update("UPDATE placement SET content = ?1 WHERE id = ?2", content, id);
  }

  /** Puts a placement into another folder. */
  public static void move(Sql sql, long id, long folder) {
    sql.update("UPDATE placement SET folder = ?1 WHERE id = ?2", folder, id);
  }

  /** Notes how the server names a placement. */
  public static void remoteKey(Sql sql, long id, @Nullable String key) {
    sql.update("UPDATE placement SET remote_key = ?1 WHERE id = ?2", key, id);
  }

  /** Shows or hides a placement. */
  public static void hide(Sql sql, long id, boolean hidden) {
    sql.update("UPDATE placement SET hidden = ?1 WHERE id = ?2", hidden ? 1 : 0, id);
  }

  /** The placements of a folder. */
  public static List<Long> in(Sql sql, long folder) {
    return sql.list("SELECT id FROM placement WHERE folder = ?1", r -> r.getLong(1), folder);
  }

  /** Those in a folder of which only the header is here. */
  public static List<Long> notWhole(Sql sql, long folder) {
    return sql.list(
        "SELECT p.id FROM placement p JOIN content c ON c.id = p.content"
            + " WHERE p.folder = ?1 AND p.hidden = 0 AND c.whole = 0"
            + " ORDER BY p.received_at DESC, p.id DESC",
        r -> r.getLong(1),
        folder);
  }

  /** Those of which only the header is here. */
  public static List<Long> notWhole(Sql sql) {
    return sql.list(
        "SELECT p.id FROM content c JOIN placement p ON p.content = c.id"
            + " WHERE c.whole = 0 AND p.hidden = 0",
        r -> r.getLong(1));
  }

  /** Removes a placement, and its content if no other shows it. */
  public static void delete(Sql sql, long id) {
    Optional<Long> content = content(sql, id);
    sql.update("DELETE FROM placement WHERE id = ?1", id);
    Deliveries.removed(sql, id);
    content.ifPresent(c -> Contents.deleteIfUnused(sql, c));
  }
}
