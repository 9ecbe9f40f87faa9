// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Dovecot's passwd-file. */
final class Users {
  private static final ReentrantLock LOCK = new ReentrantLock();

  private Users() {}

  /** Replaces the file as a whole, so that a login never sees half of it. */
  static void put(Path file, String name, String password, String rest) throws IOException {
    if (!name.matches("[A-Za-z0-9._@+-]+") || password.contains(":") || password.contains("\n")) {
      throw new IllegalArgumentException("a user or password that a passwd-file cannot hold");
    }
    LOCK.lock();
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      lines.removeIf(line -> line.startsWith(name + ":"));
      lines.add(name + ":{PLAIN}" + password + ":" + rest);
      Path next = Files.write(file.resolveSibling("users.next"), lines);
      Files.setPosixFilePermissions(next, Permissions.OPEN_FILE);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      LOCK.unlock();
    }
  }
}
