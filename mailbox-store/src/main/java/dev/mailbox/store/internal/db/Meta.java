// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import java.util.Optional;

/** Single values that the store remembers, by name. */
public final class Meta {
  private Meta() {}

  /** The value of that name. */
  public static Optional<String> get(Sql sql, String name) {
    return sql.first("SELECT value FROM meta WHERE name = ?1", r -> r.getString(1), name);
  }

  /** Remembers a value. */
  public static void put(Sql sql, String name, String value) {
    sql.update(
        "INSERT INTO meta (name, value) VALUES (?1, ?2)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value);
  }

  /** The number of that name, or 0. */
  public static long number(Sql sql, String name) {
    return get(sql, name).map(Long::parseLong).orElse(0L);
  }
}
