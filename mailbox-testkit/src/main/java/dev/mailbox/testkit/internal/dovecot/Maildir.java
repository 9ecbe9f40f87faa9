// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import dev.mailbox.testkit.internal.names.ModifiedUtf7;
import dev.mailbox.testkit.internal.process.MailUser;
import dev.mailbox.testkit.internal.process.Permissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The mail of one user as files, one for each message (maildir, with subfolders as dot names).
 * Names of folders have {@code /} between those of a hierarchy, and are not encoded.
 */
public final class Maildir {
  // Dovecot numbers new files by this name: seconds, then microseconds.
  private static final AtomicLong MICROS = new AtomicLong(System.currentTimeMillis() * 1000);

  private final Path home;
  private final MailUser owner;

  /** A file: its name without flags, its flags by their IMAP names, and where it is. */
  public record Entry(String id, Set<String> flags, Path file) {}

  /** Something done with files. */
  private interface Work<T> {
    T run() throws IOException;
  }

  Maildir(Path home, MailUser owner) throws IOException {
    this.home = home;
    this.owner = owner;
    make(home);
    make(home.resolve("Maildir"));
  }

  /** Makes the folder, and those above it, if they are not there; INBOX is the maildir itself. */
  public void addFolder(String folder) {
    checked(
        () -> {
          int end = folder.lastIndexOf('/');
          if (end > 0) {
            addFolder(folder.substring(0, end));
          }
          Path path = path(folder);
          make(path);
          for (String part : List.of("tmp", "new", "cur")) {
            make(path.resolve(part));
          }
          return path;
        });
  }

  /** The names of all folders, sorted. */
  public List<String> folders() {
    return checked(
        () -> {
          try (Stream<Path> files = Files.list(maildir())) {
            Stream<String> below =
                files.map(f -> f.getFileName().toString()).filter(Maildir::isFolder);
            return Stream.concat(Stream.of("INBOX"), below.map(Maildir::folderName))
                .sorted()
                .toList();
          }
        });
  }

  /** Removes the folder with its messages; those below it stay. */
  public void removeFolder(String folder) {
    checked(
        () -> {
          // Under a name that Dovecot does not list, no session can see half of it.
          Path gone = Files.move(path(folder), home.resolve("gone-" + MICROS.incrementAndGet()));
          try (Stream<Path> all = Files.walk(gone)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
              Files.delete(each);
            }
          }
          return gone;
        });
  }

  /** Gives the folder, and those below it, another name. */
  public void renameFolder(String from, String to) {
    checked(
        () -> {
          for (String each : folders()) {
            if (each.equals(from) || each.startsWith(from + "/")) {
              Files.move(path(each), path(to + each.substring(from.length())));
            }
          }
          return from;
        });
  }

  /** Writes the bytes as a new message and returns its name. */
  public String deliver(String folder, byte[] raw) {
    return deliver(folder, raw, Instant.now(), Set.of());
  }

  /** Writes the bytes as a message that arrived then, and returns its name. */
  public String deliver(String folder, byte[] raw, Instant arrivedAt, Set<String> flags) {
    long micros = MICROS.incrementAndGet();
    String id = String.format("%d.M%06dP1.testkit", micros / 1_000_000, micros % 1_000_000);
    return checked(
        () -> {
          Path written = Files.write(path(folder).resolve("tmp").resolve(id), raw);
          Files.setPosixFilePermissions(written, Permissions.OPEN_FILE);
          owner.own(written);
          Files.setLastModifiedTime(written, FileTime.from(arrivedAt));
          Path target =
              flags.isEmpty()
                  ? path(folder).resolve("new").resolve(id)
                  : path(folder).resolve("cur").resolve(id + suffix(folder, flags));
          Files.move(written, target);
          return id;
        });
  }

  /** What is there, in the order of delivery. */
  public List<Entry> list(String folder) {
    return checked(
        () -> {
          var entries = new ArrayList<Entry>();
          for (String part : List.of("new", "cur")) {
            try (Stream<Path> files = Files.list(path(folder).resolve(part))) {
              for (Path file : files.toList()) {
                entries.add(entry(folder, file));
              }
            }
          }
          entries.sort(Comparator.comparing(Entry::id));
          return entries;
        });
  }

  /** The bytes of a message, wherever its flags have moved it meanwhile. */
  public byte[] read(String folder, String id) {
    return withFile(folder, id, entry -> Files.readAllBytes(entry.file()));
  }

  /** When a message arrived. */
  public Instant arrivedAt(String folder, String id) {
    return withFile(folder, id, entry -> Files.getLastModifiedTime(entry.file()).toInstant());
  }

  /** Sets and clears flags of a message. */
  public void flag(String folder, String id, Set<String> set, Set<String> clear) {
    withFile(
        folder,
        id,
        entry -> {
          Set<String> flags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
          flags.addAll(entry.flags());
          flags.addAll(set);
          clear.forEach(flags::remove);
          // Behind a comma Dovecot keeps sizes, which must stay.
          String name = entry.file().getFileName().toString().split(":", 2)[0];
          Path target = path(folder).resolve("cur").resolve(name + suffix(folder, flags));
          return Files.move(entry.file(), target);
        });
  }

  /** Removes a message; nothing happens when it is not there. */
  public void remove(String folder, String id) {
    checked(
        () -> {
          // A second look, because Dovecot may have renamed the file meanwhile.
          for (Entry entry : withId(folder, id)) {
            if (!Files.deleteIfExists(entry.file())) {
              remove(folder, id);
            }
          }
          return id;
        });
  }

  /** The folder's UIDVALIDITY, once Dovecot has looked at it. */
  public OptionalLong uidValidity(String folder) {
    return checked(() -> new UidList(path(folder)).uidValidity());
  }

  /** The UID of a message, once Dovecot has given it one. */
  public OptionalLong uid(String folder, String id) {
    return checked(() -> new UidList(path(folder)).uid(id));
  }

  /** Gives all messages new UIDs, from 1 on, and the folder another UIDVALIDITY. */
  public void renumber(String folder) {
    checked(
        () -> {
          new UidList(path(folder)).renumber();
          return folder;
        });
  }

  /** Leaves the owner the right to look and to read, or gives the others back. */
  public void readOnly(String folder, boolean on) {
    Path rights = path(folder).resolve("dovecot-acl");
    checked(
        () -> {
          if (!on) {
            return Files.deleteIfExists(rights);
          }
          owner.own(Files.writeString(rights, "owner lr\n"));
          return true;
        });
  }

  private interface FileWork<T> {
    T run(Entry entry) throws IOException;
  }

  /** Dovecot renames a file when it first sees it or changes its flags, so this may look again. */
  private <T> T withFile(String folder, String id, FileWork<T> work) {
    return checked(
        () -> {
          for (int attempt = 1; ; attempt++) {
            Entry entry = find(folder, id);
            try {
              return work.run(entry);
            } catch (NoSuchFileException e) {
              if (attempt == 10) {
                throw e;
              }
            }
          }
        });
  }

  private Entry find(String folder, String id) {
    return withId(folder, id).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(folder + " has no message " + id));
  }

  private List<Entry> withId(String folder, String id) {
    return list(folder).stream().filter(entry -> entry.id().equals(id)).toList();
  }

  private Entry entry(String folder, Path file) throws IOException {
    String name = file.getFileName().toString();
    int info = name.indexOf(":2,");
    // Dovecot may append sizes to the base name, behind a comma.
    String id = (info < 0 ? name : name.substring(0, info)).split(",", 2)[0];
    String letters = info < 0 ? "" : name.substring(info + 3);
    return new Entry(id, new MaildirFlags(path(folder), owner).names(letters), file);
  }

  private String suffix(String folder, Set<String> flags) throws IOException {
    return ":2," + new MaildirFlags(path(folder), owner).letters(flags);
  }

  private Path maildir() {
    return home.resolve("Maildir");
  }

  private Path path(String folder) {
    return folder.equals("INBOX")
        ? maildir()
        : maildir().resolve("." + ModifiedUtf7.encode(folder).replace('/', '.'));
  }

  private static boolean isFolder(String file) {
    return file.startsWith(".") && !file.equals(".");
  }

  private static String folderName(String file) {
    return ModifiedUtf7.decode(file.substring(1).replace('.', '/'));
  }

  private void make(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectory(folder);
      owner.own(folder);
    }
  }

  private static <T> T checked(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
