// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import dev.mailbox.testkit.internal.process.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Dovecot's users, one JSON file for each. */
final class Users {
  private Users() {}

  /** Adds a user, or gives one another password. */
  static void put(Path folder, String name, String password, Path home) throws IOException {
    put(folder, name, password, home, 0);
  }

  /** Replaces the file as a whole, so that a login never sees half of it; 0 is no limit. */
  static void put(Path folder, String name, String password, Path home, long mostBytes)
      throws IOException {
    if (!name.matches("[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*")) {
      throw new IllegalArgumentException("not a user name for Dovecot here: " + name);
    }
    String json =
        "{\"password\":"
            + quoted(password)
            + ",\"home\":"
            + quoted(home.toString())
            + ",\"quota_rule\":"
            + quoted("*:bytes=" + mostBytes)
            + "}";
    Path next = Files.createTempFile(folder, ".next-", "");
    Files.writeString(next, json);
    Files.setPosixFilePermissions(next, Permissions.OPEN_FILE);
    Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean plain = each >= ' ' && each < 127 && each != '"' && each != '\\';
      json.append(plain ? String.valueOf(each) : String.format("\\u%04x", (int) each));
    }
    return json.append('"').toString();
  }
}
