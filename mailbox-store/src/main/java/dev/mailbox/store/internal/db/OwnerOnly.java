// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Files and directories that only their owner can read, from the moment they exist. */
final class OwnerOnly {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /**
   * Makes a directory, mode 0700, with the missing ones above it; one that exists is left as is.
   * All have their names on stable storage when this returns: a file that is synced may still be
   * lost with the name of a directory above it.
   */
  static void createDirectory(Path directory) throws IOException {
    Path last = directory.toAbsolutePath();
    Deque<Path> missing = new ArrayDeque<>();
    while (last != null && !Files.isDirectory(last)) {
      missing.push(last);
      last = last.getParent();
    }
    if (!missing.isEmpty()) {
      Files.createDirectories(directory, mode("rwx------"));
    }
    for (Path made : missing) {
      syncNameOf(made);
    }
  }

  /**
   * Brings the name of a file or directory to stable storage, where that can be asked for: not on
   * Windows, which does so by itself, nor of a directory that this user may not read.
   */
  static void syncNameOf(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (POSIX && parent != null) {
      try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (AccessDeniedException e) {
        // A store may well be in a directory that others own and do not show.
      }
    }
  }

  /** Makes an empty file, mode 0600; one that exists is left as it is. */
  static void create(Path file) throws IOException {
    try {
      Files.createFile(file, mode("rw-------"));
    } catch (FileAlreadyExistsException e) {
      // It was made by an earlier run, with the same mode.
    }
  }

  static void write(Path file, String text) throws IOException {
    create(file);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static FileAttribute<?>[] mode(String permissions) {
    if (!POSIX) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
  }
}
