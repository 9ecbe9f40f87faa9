// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * An open store: one writer, several readers, and the lock that keeps others out. Safe for use by
 * several threads. In memory there is one connection, and reading takes turns with writing.
 */
public final class Database implements AutoCloseable {
  private static final String FILE = "mailbox.db";

  /** Whether a directory holds one, as far as its names tell; what is no directory may be. */
  public static boolean mayBeIn(Path directory) {
    return Files.exists(directory.resolve(FILE)) || Files.isRegularFile(directory);
  }

  private static final Set<String> UNSAFE_FILE_SYSTEMS =
      Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "vboxsf");

  private final @Nullable StoreLock lock;
  private final Writer writer;
  private final @Nullable Readers readers;

  private Database(@Nullable StoreLock lock, Writer writer, @Nullable Readers readers) {
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens or makes a store in a directory.
   *
   * @throws StoreException if it cannot be opened
   */
  public static Database open(Path directory, Duration lockWait) {
    try {
      OwnerOnly.createDirectory(directory);
      refuseUnsafeFileSystem(directory);
      StoreLock lock = StoreLock.acquire(directory, lockWait);
      try {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
          // Also one that was made by a run which came no further.
          OwnerOnly.syncNameOf(directory);
          OwnerOnly.create(file);
        }
        return open(lock, file);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw Failures.of(e, directory);
    }
  }

  private static Database open(StoreLock lock, Path file) {
    Sql sql = connect(file, false);
    try {
      requireWal(sql, file);
      Schema.migrate(sql);
      return new Database(lock, new Writer(sql), new Readers(() -> connect(file, true)));
    } catch (RuntimeException e) {
      sql.close();
      throw e;
    }
  }

  /** Makes a store that is nowhere but in memory. */
  public static Database inMemory() {
    Sql sql = connect(null, false);
    Schema.migrate(sql);
    return new Database(null, new Writer(sql), null);
  }

  private static void refuseUnsafeFileSystem(Path directory) throws IOException {
    String type = Files.getFileStore(directory).type().toLowerCase(Locale.ROOT);
    if (UNSAFE_FILE_SYSTEMS.contains(type) || type.equals("fuse.sshfs")) {
      throw new StoreException(
          Reason.STORE_UNSUPPORTED,
          directory
              + " is on a "
              + type
              + " file system, where a store is not safe: use a local disk",
          null);
    }
  }

  private static void requireWal(Sql sql, Path file) {
    String mode = sql.first("PRAGMA journal_mode=WAL", r -> r.getString(1)).orElse("none");
    if (!mode.equals("wal")) {
      throw new StoreException(
          Reason.STORE_UNSUPPORTED,
          "the file system of " + file + " cannot hold a write-ahead log (mode " + mode + ")",
          null);
    }
  }

  private static Sql connect(@Nullable Path file, boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    if (file == null) {
      config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
      config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    } else {
      config.setPageSize(8192);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
    }
    config.setBusyTimeout(10_000);
    // Or else the driver prepares and runs a query behind each INSERT.
    config.setGetGeneratedKeys(false);
    config.enforceForeignKeys(false);
    if (readOnly) {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    try {
      // The path is never taken for a URI or for JDBC parameters: neither is in it.
      Connection connection = Jdbc.connect(file, config);
      Sql sql = new Sql(connection);
      sql.script("PRAGMA trusted_schema=OFF");
      sql.script("PRAGMA cell_size_check=ON");
      sql.script("PRAGMA fullfsync=ON");
      sql.script("PRAGMA checkpoint_fullfsync=ON");
      sql.script("PRAGMA wal_autocheckpoint=2000");
      if (readOnly) {
        sql.script("PRAGMA query_only=ON");
      }
      return sql;
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /** The one that writes. */
  public Writer writer() {
    return writer;
  }

  /** Reads what is committed, on a thread of the pool; waits for it. */
  public <T> T read(Function<Sql, T> work) {
    return readers == null ? writer.read(work) : readers.call(work);
  }

  /**
   * Does the same without waiting, unless the store is in memory; the supplier waits, and throws
   * what the reading threw.
   */
  public <T> Supplier<T> readAhead(Function<Sql, T> work) {
    if (readers == null) {
      T value = writer.read(work);
      return () -> value;
    }
    return readers.submit(work);
  }

  /** Whether the store is on disk. */
  public boolean isOnDisk() {
    return lock != null;
  }

  /** Finishes what was handed to the writer, and closes the file. Closing twice does nothing. */
  @Override
  public void close() {
    try {
      if (readers != null) {
        readers.close();
      }
      writer.close();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
