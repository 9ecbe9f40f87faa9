// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The mail of one user as files, one for each message (maildir, with subfolders as dot names). */
public final class Maildir {
  private static final Map<Character, String> FLAGS =
      Map.of('D', "\\Draft", 'F', "\\Flagged", 'R', "\\Answered", 'S', "\\Seen", 'T', "\\Deleted");
  // Dovecot numbers new files by this name: seconds, then microseconds.
  private static final AtomicLong MICROS = new AtomicLong(System.currentTimeMillis() * 1000);

  private final Path home;
  private final MailUser owner;

  /** A file: its name without flags, its flags by their IMAP names, and where it is. */
  public record Entry(String id, Set<String> flags, Path file) {}

  Maildir(Path home, MailUser owner) throws IOException {
    this.home = home;
    this.owner = owner;
    make(home);
    make(home.resolve("Maildir"));
  }

  /** Makes the folder if it is not there; INBOX is the maildir itself. */
  public void addFolder(String folder) {
    try {
      Path path = path(folder);
      make(path);
      for (String part : List.of("tmp", "new", "cur")) {
        make(path.resolve(part));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the bytes as a new message and returns its name. */
  public String deliver(String folder, byte[] raw) {
    long micros = MICROS.incrementAndGet();
    String id = String.format("%d.M%06dP1.testkit", micros / 1_000_000, micros % 1_000_000);
    try {
      Path written = Files.write(path(folder).resolve("tmp").resolve(id), raw);
      Files.setPosixFilePermissions(written, Permissions.OPEN_FILE);
      owner.own(written);
      Files.move(written, path(folder).resolve("new").resolve(id));
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is there, in the order of delivery. */
  public List<Entry> list(String folder) {
    var entries = new ArrayList<Entry>();
    for (String part : List.of("new", "cur")) {
      try (Stream<Path> files = Files.list(path(folder).resolve(part))) {
        files.map(Maildir::entry).forEach(entries::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    entries.sort(Comparator.comparing(Entry::id));
    return entries;
  }

  /** The bytes of a message, wherever its flags have moved it meanwhile. */
  public byte[] read(String folder, String id) {
    for (int attempt = 1; ; attempt++) {
      Entry entry = find(folder, id);
      try {
        return Files.readAllBytes(entry.file());
      } catch (NoSuchFileException e) {
        // Dovecot renames a file when it first sees it or changes its flags.
        if (attempt == 10) {
          throw new UncheckedIOException(e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Removes a message; nothing happens when it is not there. */
  public void remove(String folder, String id) {
    for (Entry entry : list(folder)) {
      if (entry.id().equals(id)) {
        try {
          Files.deleteIfExists(entry.file());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private Entry find(String folder, String id) {
    return list(folder).stream()
        .filter(entry -> entry.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(folder + " has no message " + id));
  }

  private static Entry entry(Path file) {
    String name = file.getFileName().toString();
    int info = name.indexOf(":2,");
    // Dovecot may append sizes to the base name, behind a comma.
    String id = (info < 0 ? name : name.substring(0, info)).split(",", 2)[0];
    Set<String> flags = new LinkedHashSet<>();
    if (info >= 0) {
      name.substring(info + 3)
          .chars()
          .forEach(c -> flags.add(FLAGS.getOrDefault((char) c, "" + (char) c)));
    }
    return new Entry(id, flags, file);
  }

  private Path path(String folder) {
    Path inbox = home.resolve("Maildir");
    return folder.equals("INBOX") ? inbox : inbox.resolve("." + folder);
  }

  private void make(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectory(folder);
      owner.own(folder);
    }
  }
}
