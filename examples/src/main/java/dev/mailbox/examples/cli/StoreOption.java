// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.MailboxConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which store to read. */
final class StoreOption {
  @Option(
      names = {"-s", "--store"},
      paramLabel = "DIR",
      required = true,
      defaultValue = "${env:MAILBOX_STORE}",
      description = "The directory that sync keeps the mail in.")
  private Path store = Path.of("");

  Path path() {
    return store;
  }

  /**
   * To read it without a server.
   *
   * @throws CommandException if there is none: looking must not make one
   */
  MailboxConfig offline() {
    requireStore(store);
    return MailboxConfig.offline(store).build();
  }

  /**
   * Looks for a store.
   *
   * @throws CommandException if there is none
   */
  static void requireStore(Path store) {
    // Opening says what is wrong with a file in the place of the directory.
    if (!Files.isRegularFile(store) && Files.notExists(store.resolve("mailbox.db"))) {
      throw CommandException.notFound(
          "there is no mailbox store in " + store, "mailbox sync makes one");
    }
  }
}
