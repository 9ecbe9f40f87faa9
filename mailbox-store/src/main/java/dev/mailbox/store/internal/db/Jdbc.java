// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;

/** Opens connections without a JDBC URL, in which a path could be taken for options. */
final class Jdbc {
  private Jdbc() {}

  static Connection connect(@Nullable Path file, SQLiteConfig config) throws SQLException {
    String name = file == null ? ":memory:" : file.toAbsolutePath().toString();
    if (name.indexOf('?') >= 0) {
      // The driver takes what follows a question mark for settings.
      throw new StoreException(
          Reason.STORE_UNSUPPORTED, "a store's path must not contain '?': " + file, null);
    }
    return new JDBC4Connection("jdbc:sqlite:" + name, name, config.toProperties());
  }
}
