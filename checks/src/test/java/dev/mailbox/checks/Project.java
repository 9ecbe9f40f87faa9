// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project's own files. */
final class Project {
  /** The modules that are published, and so have an API to keep. */
  static final List<String> PUBLISHED =
      List.of(
          "mailbox-api",
          "mailbox-wire",
          "mailbox-store",
          "mailbox-pop3",
          "mailbox-imap",
          "mailbox-testkit");

  private Project() {}

  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("mailbox-api")) ? here : here.getParent();
  }

  static String text(String file) {
    try {
      return Files.readString(root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
