// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what an {@link IOException} on a local file means to a program. */
public final class IoFailures {
  private IoFailures() {}

  /** The exception for a file or folder that cannot be written. */
  public static StoreException unwritable(Object target, Exception cause) {
    return new StoreException(
        reason(cause), "Cannot write " + target + ": " + describe(cause), cause);
  }

  /** The exception for a message whose bytes cannot be read. */
  static StoreException unreadable(IOException cause) {
    return new StoreException(reason(cause), "Cannot read the message: " + describe(cause), cause);
  }

  /** Closes something that is being given up for a failure, which stays the one reported. */
  static <E extends Exception> E closing(Closeable resource, E failure) {
    try {
      resource.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /** What sort of failure it is. Java has no type for a full disk, only the system's words. */
  public static Reason reason(Exception cause) {
    if (cause instanceof AccessDeniedException
        || cause instanceof NoSuchFileException
        || cause instanceof NotDirectoryException
        || cause instanceof ReadOnlyFileSystemException) {
      return Reason.STORE_UNREADABLE;
    }
    String words = words(cause).toLowerCase(Locale.ROOT);
    if (words.contains("no space left")
        || words.contains("not enough space")
        || words.contains("disk full")
        || words.contains("quota exceeded")) {
      return Reason.DISK_FULL;
    }
    boolean barred =
        words.contains("permission denied")
            || words.contains("read-only file system")
            || words.contains("not a directory");
    return barred ? Reason.STORE_UNREADABLE : Reason.STORE_FAILED;
  }

  private static String words(Exception cause) {
    @Nullable String text =
        cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
    return text == null ? "" : text;
  }

  private static String describe(Exception cause) {
    String words = words(cause);
    String kind = cause.getClass().getSimpleName();
    return words.isEmpty() ? kind : words + " (" + kind + ")";
  }
}
