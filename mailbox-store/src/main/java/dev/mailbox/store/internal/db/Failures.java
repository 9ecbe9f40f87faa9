// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what went wrong with the store in the words of the API. */
public final class Failures {
  private Failures() {}

  /** A failure of the database. */
  public static StoreException of(SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.getErrorCode(e.getErrorCode());
    return switch (code.code & 0xff) {
      case 13 -> new StoreException(Reason.DISK_FULL, "no space left for the mailbox store", e);
      case 11, 26 ->
          new StoreException(Reason.STORE_CORRUPT, "the mailbox store's file is damaged", e);
      case 3, 8, 14, 23 ->
          new StoreException(
              Reason.STORE_UNREADABLE, "the mailbox store cannot be read or written", e);
      case 5, 6 ->
          new StoreException(
              Reason.STORE_LOCKED, "another program holds the mailbox store's database", e);
      default -> unnamed(e);
    };
  }

  private static StoreException unnamed(SQLException e) {
    return new StoreException(
        Reason.STORE_FAILED, "the mailbox store failed: " + e.getMessage(), e);
  }

  /** A failure of the file system at that path. */
  public static StoreException of(IOException e, Path path) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return new StoreException(Reason.DISK_FULL, "no space left to write " + path, e);
    }
    if (e instanceof AccessDeniedException || e instanceof FileSystemException) {
      return new StoreException(
          Reason.STORE_UNREADABLE, "cannot read or write " + path + ": " + describe(e), e);
    }
    return new StoreException(Reason.STORE_FAILED, "cannot use " + path + ": " + describe(e), e);
  }

  private static String describe(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "")
        + (e.getMessage() == null ? "" : " " + e.getMessage());
  }

  /** The calling thread was interrupted while it waited for the store; its flag is set again. */
  public static StoreException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreException(Reason.INTERRUPTED, "interrupted while waiting for the store", e);
  }
}
