// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.ServerFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files with a message each, and directories that stand for folders. */
final class MailDirectory {
  private final @Nullable Path directory;

  private MailDirectory(@Nullable Path directory) {
    this.directory = directory;
  }

  /** One that can be read, or none. */
  static MailDirectory of(@Nullable Path directory) {
    if (directory != null && !Files.isDirectory(directory)) {
      throw CommandException.notFound("there is no directory " + directory, "");
    }
    return new MailDirectory(directory);
  }

  /** Delivers all messages, in the order of the files' names. */
  void deliverTo(FakeAccount user) throws IOException {
    if (directory != null) {
      deliver(directory, "", user);
    }
  }

  private static void deliver(Path from, String name, FakeAccount user) throws IOException {
    ServerFolder folder = name.isEmpty() ? user.inbox() : user.folder(user.namespace() + name);
    for (Path path : visible(from)) {
      if (Files.isDirectory(path)) {
        String child = String.valueOf(path.getFileName());
        deliver(path, name.isEmpty() ? child : name + user.delimiter() + child, user);
      } else {
        folder.deliver(Files.readAllBytes(path), Files.getLastModifiedTime(path).toInstant());
      }
    }
  }

  private static List<Path> visible(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
          .sorted()
          .toList();
    }
  }
}
