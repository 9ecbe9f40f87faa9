// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Saves bytes under a name that is free. */
final class Saver {
  private Saver() {}

  static Path save(byte[] bytes, Path directory, String name) {
    try {
      Files.createDirectories(directory);
      Path whole = Files.createTempFile(directory, ".saving", "");
      try {
        Files.write(whole, bytes);
        return move(whole, directory, name);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      throw new StoreException(Reason.STORE_FAILED, "cannot save to " + directory, e);
    }
  }

  /** Without replacing: a file of that name is not ours. */
  private static Path move(Path whole, Path directory, String name) throws IOException {
    for (int i = 2; ; i++) {
      Path target = directory.resolve(i == 2 ? name : numbered(name, i - 1));
      try {
        return Files.move(whole, target);
      } catch (FileAlreadyExistsException e) {
        // The next number, then.
      }
    }
  }

  private static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return name.substring(0, end) + " (" + number + ")" + name.substring(end);
  }
}
