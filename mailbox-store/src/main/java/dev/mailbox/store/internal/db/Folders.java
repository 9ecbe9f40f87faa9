// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderCounts;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Residence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The table of folders. */
public final class Folders {
  private static final String COLUMNS =
      "SELECT id, path, role, on_server, anchor, left_out FROM folder";

  private Folders() {}

  /** All folders that are shown, the inbox first, then by path. */
  public static List<FolderRow> all(Sql sql) {
    return sql.list(
        COLUMNS + " WHERE hidden = 0 ORDER BY path <> 'INBOX', path COLLATE NOCASE, path",
        Folders::row);
  }

  /** The folder with that path. */
  public static Optional<FolderRow> find(Sql sql, FolderPath path) {
    return sql.first(COLUMNS + " WHERE path = ?1 AND hidden = 0", Folders::row, path.toString());
  }

  /** The folder with that number. */
  public static Optional<FolderRow> find(Sql sql, long id) {
    return sql.first(COLUMNS + " WHERE id = ?1", Folders::row, id);
  }

  /** The folder with that role. */
  public static Optional<FolderRow> find(Sql sql, FolderRole role) {
    return sql.first(
        COLUMNS + " WHERE role = ?1 AND hidden = 0 ORDER BY id", Folders::row, role.name());
  }

  /** Makes a folder. */
  public static FolderRow insert(
      Sql sql, FolderPath path, @Nullable FolderRole role, Residence residence) {
    sql.update(
        "INSERT INTO folder (path, role, on_server) VALUES (?1, ?2, ?3)",
        path.toString(),
        role == null ? null : role.name(),
        residence == Residence.SERVER ? 1 : 0);
    return find(sql, path).orElseThrow();
  }

  /** Gives a folder another path. */
  public static void rename(Sql sql, long id, FolderPath path) {
    sql.update("UPDATE folder SET path = ?1 WHERE id = ?2", path.toString(), id);
  }

  /** Gives a folder the role that the server says, or none. */
  public static void role(Sql sql, long id, @Nullable FolderRole role) {
    sql.update(
        "UPDATE folder SET role = ?1, own_role = 0 WHERE id = ?2",
        role == null ? null : role.name(),
        id);
  }

  /** Gives a folder a role that the server has given to none. */
  public static void ownRole(Sql sql, long id, FolderRole role) {
    sql.update("UPDATE folder SET role = ?1, own_role = 1 WHERE id = ?2", role.name(), id);
  }

  /** Whether a folder's role was given here. */
  public static boolean hasOwnRole(Sql sql, long id) {
    return sql.number("SELECT own_role FROM folder WHERE id = ?1", id) == 1;
  }

  /** Makes a folder live elsewhere than before. What the protocol knew of it is forgotten. */
  public static void settle(Sql sql, long id, Residence residence) {
    sql.update("DELETE FROM entry WHERE folder = ?1", id);
    sql.update(
        "UPDATE folder SET on_server = ?1, anchor = '', left_out = NULL WHERE id = ?2",
        residence == Residence.SERVER ? 1 : 0,
        id);
  }

  /** Notes how many of the server's messages a sync has left out. */
  public static void leftOut(Sql sql, long id, int count) {
    sql.update("UPDATE folder SET left_out = ?1 WHERE id = ?2 AND left_out IS NOT ?1", count, id);
  }

  /** Shows or hides a folder. A hidden one gives its name free. */
  public static void hide(Sql sql, long id, boolean hidden) {
    sql.update("UPDATE folder SET hidden = ?1 WHERE id = ?2", hidden ? 1 : 0, id);
  }

  /** Notes what the protocol wants to find again. */
  public static void anchor(Sql sql, long id, String anchor) {
    sql.update("UPDATE folder SET anchor = ?1 WHERE id = ?2", anchor, id);
  }

  /** Removes a folder that holds nothing, and what the protocol remembered of it. */
  public static void delete(Sql sql, long id) {
    sql.update("DELETE FROM entry WHERE folder = ?1", id);
    sql.update("DELETE FROM folder WHERE id = ?1", id);
  }

  /** How many messages a folder shows. */
  public static FolderCounts counts(Sql sql, long id) {
    return sql.first(
            """
            SELECT count(*), total(p.flags & 1 = 0), total(c.whole = 0)
            FROM placement p JOIN content c ON c.id = p.content
            WHERE p.folder = ?1 AND p.hidden = 0
            """,
            r -> new FolderCounts(r.getInt(1), (int) r.getDouble(2), (int) r.getDouble(3)),
            id)
        .orElseThrow();
  }

  private static FolderRow row(ResultSet r) throws SQLException {
    String role = r.getString(3);
    return new FolderRow(
        r.getLong(1),
        FolderPath.parse(r.getString(2)),
        role == null ? Optional.empty() : Optional.of(FolderRole.valueOf(role)),
        r.getInt(4) == 1 ? Residence.SERVER : Residence.LOCAL,
        r.getString(5),
        leftOut(r));
  }

  private static OptionalInt leftOut(ResultSet r) throws SQLException {
    int count = r.getInt(6);
    return r.wasNull() ? OptionalInt.empty() : OptionalInt.of(count);
  }
}
