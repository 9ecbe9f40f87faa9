// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database connection with its prepared statements. Belongs to one thread. Failures are {@link
 * dev.mailbox.StoreException}s.
 */
public final class Sql implements AutoCloseable {
  /** Reads one row. */
  @FunctionalInterface
  public interface Row<T> {
    /** Makes a value of the row that the cursor is on. */
    T read(ResultSet row) throws SQLException;
  }

  /** Takes rows until it has enough. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes the row that the cursor is on; false ends the reading. */
    boolean visit(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private long transactions;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Runs a statement that returns no rows. */
  public int update(String sql, @Nullable Object... arguments) {
    try {
      return bound(sql, arguments).executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** All rows. */
  public <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) {
    List<T> values = new ArrayList<>();
    visit(sql, r -> values.add(row.read(r)), arguments);
    return values;
  }

  /** The first row. */
  public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) {
    List<T> values = new ArrayList<>(1);
    visit(
        sql,
        r -> {
          values.add(row.read(r));
          return false;
        },
        arguments);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /** The number in the first column of the first row, or 0 if there is no row or it is NULL. */
  public long number(String sql, @Nullable Object... arguments) {
    return first(sql, r -> r.getLong(1), arguments).orElse(0L);
  }

  /** Gives the rows to a visitor, one at a time. */
  public void visit(String sql, Visitor visitor, @Nullable Object... arguments) {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      while (rows.next()) {
        if (!visitor.visit(rows)) {
          return;
        }
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** The driver does not let a statement that has failed be run again. */
  private StoreException failed(String sql, SQLException e) {
    PreparedStatement statement = statements.remove(sql);
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
      }
    }
    return Failures.of(e);
  }

  /** Begins a transaction that writes. */
  void begin() {
    script("BEGIN IMMEDIATE");
    transactions++;
  }

  /** Tells transactions apart. */
  public long transaction() {
    return transactions;
  }

  /** Runs statements that are not worth keeping, such as a schema. */
  public void script(String sql) {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object argument)
      throws SQLException {
    if (argument instanceof String text) {
      statement.setString(index, text);
    } else if (argument instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else if (argument instanceof Number number) {
      statement.setLong(index, number.longValue());
    } else if (argument == null) {
      statement.setObject(index, null);
    } else {
      throw new IllegalArgumentException("cannot bind a " + argument.getClass());
    }
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }
}
