// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file in which Dovecot keeps a folder's UIDVALIDITY, UIDNEXT and UIDs. */
final class UidList {
  private static final Pattern HEADER = Pattern.compile("3 V([0-9]+) N([0-9]+)(.*)");

  private final Path folder;
  private final Path file;

  UidList(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("dovecot-uidlist");
  }

  /** Empty until Dovecot has looked at the folder. */
  OptionalLong uidValidity() throws IOException {
    Matcher header = HEADER.matcher(lines().get(0));
    return header.matches()
        ? OptionalLong.of(Long.parseLong(header.group(1)))
        : OptionalLong.empty();
  }

  /** The UID of the file with that name; empty until Dovecot has given it one. */
  OptionalLong uid(String id) throws IOException {
    for (String line : lines()) {
      // A number, fields of which we need none, and behind a colon the name.
      int name = line.indexOf(" :") + 2;
      if (name > 1 && line.substring(name).split("[,:]", 2)[0].equals(id)) {
        return OptionalLong.of(Long.parseLong(line.substring(0, line.indexOf(' '))));
      }
    }
    return OptionalLong.empty();
  }

  /** Forgets all UIDs under the next UIDVALIDITY: Dovecot numbers from 1 on. */
  void renumber() throws IOException {
    long next = uidValidity().orElseThrow() + 1;
    Files.writeString(file, "3 V" + next + " N1\n");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path index : files.filter(UidList::isIndex).toList()) {
        Files.delete(index);
      }
    }
  }

  private static boolean isIndex(Path path) {
    return path.getFileName().toString().startsWith("dovecot.index");
  }

  private List<String> lines() throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of("");
  }
}
