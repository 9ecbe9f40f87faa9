// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.ExportFormat;
import dev.mailbox.ExportReport;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.MessageGoneException;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.store.internal.db.Failures;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.mime.SafeFileName;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes out all messages that are here, oldest first. For one export. */
final class Exporter {
  private static final Map<Flag, Character> MAILDIR_FLAGS =
      Map.of(Flag.DRAFT, 'D', Flag.FLAGGED, 'F', Flag.ANSWERED, 'R', Flag.SEEN, 'S');

  private final Store store;
  private final MessageReader reader;
  private final ExportFormat format;
  private final Throttle throttle;
  private final Set<String> names = new HashSet<>();
  private int messages;
  private int notDownloaded;
  private long bytes;
  private long total;

  Exporter(Store store, MessageReader reader, ExportFormat format, ProgressListener listener) {
    this.store = store;
    this.reader = reader;
    this.format = format;
    this.throttle = new Throttle(listener);
  }

  ExportReport export(Path target) {
    try {
      requireEmpty(target);
      for (FolderRow folder : store.read(Folders::all)) {
        total += store.read(sql -> Folders.counts(sql, folder.id())).total();
      }
      for (FolderRow folder : store.read(Folders::all)) {
        export(folder, target);
      }
    } catch (IOException e) {
      throw Failures.of(e, target);
    }
    return new ExportReport(messages, bytes, notDownloaded);
  }

  private static void requireEmpty(Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(target)) {
      if (files.findAny().isPresent()) {
        throw new StoreException(
            Reason.ALREADY_EXISTS, target + " is not empty: an export overwrites nothing", null);
      }
    }
  }

  private void export(FolderRow folder, Path target) throws IOException {
    String name = unique(fileName(folder.path()));
    switch (format) {
      case EML ->
          exportFiles(folder, Files.createDirectory(SafeFileName.resolve(target, name)), ".eml");
      case MBOX -> exportMbox(folder, SafeFileName.resolve(target, name + ".mbox"));
      case MAILDIR ->
          exportMaildir(folder, Files.createDirectory(SafeFileName.resolve(target, name)));
    }
  }

  private static String fileName(FolderPath path) {
    return SafeFileName.of(String.join(".", path.segments()), "folder");
  }

  /** Names that differ only in case, or became equal, get a number. */
  private String unique(String name) {
    String candidate = name;
    for (int n = 2; !names.add(candidate.toLowerCase(Locale.ROOT)); n++) {
      candidate = name + " (" + n + ")";
    }
    return candidate;
  }

  private void exportFiles(FolderRow folder, Path directory, String suffix) throws IOException {
    each(
        folder,
        row -> {
          writeFile(row, directory.resolve(reader.id(row) + suffix));
        });
  }

  private void exportMaildir(FolderRow folder, Path directory) throws IOException {
    Files.createDirectory(directory.resolve("new"));
    Files.createDirectory(directory.resolve("tmp"));
    Path cur = Files.createDirectory(directory.resolve("cur"));
    each(
        folder,
        row -> {
          String name = row.receivedAt().getEpochSecond() + "." + reader.id(row) + ".mailbox:2,";
          writeFile(row, cur.resolve(name + maildirFlags(row)));
        });
  }

  private void writeFile(MessageRow row, Path file) throws IOException {
    try (OutputStream out = buffered(create(file))) {
      copy(row, out);
    } catch (MessageGoneException e) {
      Files.delete(file);
      throw e;
    }
  }

  private static String maildirFlags(MessageRow row) {
    Map<Character, Flag> letters = new TreeMap<>();
    for (Flag flag : row.flags().toSet()) {
      Character letter = MAILDIR_FLAGS.get(flag);
      if (letter != null) {
        letters.put(letter, flag);
      }
    }
    StringBuilder text = new StringBuilder();
    letters.keySet().forEach(text::append);
    return text.toString();
  }

  private void exportMbox(FolderRow folder, Path file) throws IOException {
    try (FileChannel channel = create(file);
        OutputStream out = buffered(channel)) {
      each(
          folder,
          row -> {
            long start = channel.position();
            try {
              MboxQuoting quoting = new MboxQuoting(out);
              quoting.start(row);
              copy(row, quoting);
              quoting.end();
              out.flush();
            } catch (MessageGoneException e) {
              out.flush();
              channel.truncate(start);
              throw e;
            }
          });
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static OutputStream buffered(FileChannel channel) {
    return new BufferedOutputStream(Channels.newOutputStream(channel), 64 << 10);
  }

  private void copy(MessageRow row, OutputStream out) throws IOException {
    try (InputStream in = reader.stream(row.content())) {
      bytes += in.transferTo(out);
    }
  }

  /** Writes one message; nothing is left of one that is removed meanwhile. */
  private interface MessageWriter {
    void write(MessageRow row) throws IOException;
  }

  private void each(FolderRow folder, MessageWriter writer) throws IOException {
    IOException[] failure = new IOException[1];
    Scan.of(store, folder.id(), true)
        .forEach(
            row -> {
              try {
                write(row, writer);
                return true;
              } catch (IOException e) {
                failure[0] = e;
                return false;
              }
            });
    if (failure[0] != null) {
      throw failure[0];
    }
  }

  private void write(MessageRow row, MessageWriter writer) throws IOException {
    if (row.content().whole()) {
      try {
        writer.write(row);
        messages++;
      } catch (MessageGoneException e) {
        // It was removed while it was written.
        total--;
      }
    } else {
      notDownloaded++;
    }
    long done = (long) messages + notDownloaded;
    throttle.progress(new Progress(Progress.Phase.EXPORTING, done, Math.max(total, done), bytes));
  }
}
