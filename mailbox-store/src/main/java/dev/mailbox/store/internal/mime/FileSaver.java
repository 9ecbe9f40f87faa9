// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Saves a part as a file. The bytes go to a hidden file in the same directory, which is then linked
 * to its name: a link never replaces a file, so two programs that save at once cannot overwrite
 * each other, and nobody sees half a file.
 */
final class FileSaver {
  private static final int MAX_NUMBER = 100_000;
  private static final Set<OpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private FileSaver() {}

  static Path save(MimePart part, Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        // Not asked first, Java 17 takes a link to a directory for a file that is in the way.
        Files.createDirectories(directory);
      }
      Path temporary = directory.resolve(".saving-" + UUID.randomUUID());
      try {
        write(part, temporary);
        return publish(temporary, directory, part.safeFileName());
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | UncheckedIOException | SecurityException e) {
      throw IoFailures.unwritable(directory, e);
    }
  }

  private static void write(MimePart part, Path file) throws IOException {
    try (InputStream in = part.open();
        OutputStream out =
            Channels.newOutputStream(Files.newByteChannel(file, NEW_FILE, ownerOnly(file)))) {
      in.transferTo(out);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static Path publish(Path temporary, Path directory, String name) throws IOException {
    for (int number = 0; number < MAX_NUMBER; number++) {
      Path target = SafeFileName.resolve(directory, numbered(name, number));
      if (!Files.exists(target) && link(temporary, target)) {
        return target;
      }
    }
    throw new StoreException(
        Reason.STORE_FAILED, "Too many files are named like " + name + " in " + directory, null);
  }

  private static boolean link(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return replaceReserved(temporary, target);
    }
  }

  /** Where there are no links, an empty file takes the name first, which is exclusive as well. */
  private static boolean replaceReserved(Path temporary, Path target) throws IOException {
    try {
      Files.createFile(target);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    try {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }

  private static String numbered(String name, int number) {
    if (number == 0) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return name.substring(0, end) + " (" + number + ")" + name.substring(end);
  }
}
