// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import java.io.IOException;
import java.nio.file.Path;

/** Opens a store in a process of its own, says so, and holds it until its input ends. */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (Database database = DbFixture.open(Path.of(arguments[0]))) {
      database.writer().run(sql -> DbFixture.put(sql, "held"));
      System.out.write('\n');
      System.out.flush();
      System.in.read();
    }
  }
}
