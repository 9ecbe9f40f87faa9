// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.ExportFormat;
import dev.mailbox.ExportReport;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.testkit.internal.content.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes messages out: the bytes, a file or a directory for each folder. */
public final class Exporter {
  private static final DateTimeFormatter FROM_LINE =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Map<Flag, Character> LETTERS =
      Map.of(Flag.DRAFT, 'D', Flag.FLAGGED, 'F', Flag.ANSWERED, 'R', Flag.SEEN, 'S');

  private final Device device;
  private final ExportFormat format;
  private final ProgressListener listener;
  private final Map<FolderPath, String> names = new HashMap<>();
  private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private int messages;
  private long bytes;

  public Exporter(Device device, ExportFormat format, ProgressListener listener) {
    this.device = device;
    this.format = format;
    this.listener = listener;
  }

  /** A message as it is written. */
  private record Mail(FolderPath folder, Content content, Set<Flag> flags, Instant receivedAt) {}

  public ExportReport export(Path target) {
    List<Mail> mails = device.read(this::mails);
    int all = device.read(() -> device.copy().messages().size());
    try {
      requireEmpty(target);
      Files.createDirectories(target);
      for (Mail mail : mails) {
        listener.progress(new Progress(Progress.Phase.EXPORTING, messages, mails.size(), bytes));
        write(mail, target);
        messages++;
        bytes += mail.content.sizeInBytes();
      }
    } catch (IOException e) {
      throw new StoreException(Reason.STORE_FAILED, "cannot write to " + target, e);
    }
    return new ExportReport(messages, bytes, all - mails.size());
  }

  private List<Mail> mails() {
    return device.copy().messages().stream()
        .filter(p -> p.body().isHere())
        .map(p -> new Mail(p.folder(), p.body().stored(), p.flags(), p.receivedAt()))
        .toList();
  }

  private static void requireEmpty(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    try (Stream<Path> files = Files.list(target)) {
      if (files.findAny().isPresent()) {
        throw new StoreException(Reason.ALREADY_EXISTS, target + " is not empty", null);
      }
    }
  }

  private void write(Mail mail, Path target) throws IOException {
    Path folder = target.resolve(names.computeIfAbsent(mail.folder, this::name));
    switch (format) {
      case EML -> create(folder.resolve((messages + 1) + ".eml"), mail.content.bytes());
      case MAILDIR -> {
        Files.createDirectories(folder.resolve("tmp"));
        Files.createDirectories(folder.resolve("new"));
        create(folder.resolve("cur").resolve(maildirName(mail)), mail.content.bytes());
      }
      case MBOX -> {
        Path file = folder.resolveSibling(folder.getFileName() + ".mbox");
        Files.write(file, mbox(mail), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
  }

  private static void create(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
  }

  /** Letters and digits stay; what else a name has could mean something to a file system. */
  private String name(FolderPath folder) {
    String plain = folder.toString().replaceAll("[^\\p{L}\\p{N}]+", "_");
    String name = plain;
    for (int i = 2; !taken.add(name); i++) {
      name = plain + "-" + i;
    }
    return "f-" + name;
  }

  private String maildirName(Mail mail) {
    StringBuilder letters = new StringBuilder();
    mail.flags.stream()
        .flatMap(flag -> Stream.ofNullable(LETTERS.get(flag)))
        .sorted()
        .forEach(letters::append);
    return mail.receivedAt.getEpochSecond() + ".M" + (messages + 1) + ".memory:2," + letters;
  }

  /** With the lines quoted that look like a separator, and a blank line at the end. */
  private static byte[] mbox(Mail mail) {
    String text = new String(mail.content.bytes(), ISO_8859_1).replace("\r\n", "\n");
    String quoted = text.replaceAll("(?m)^(>*From )", ">$1");
    String end = quoted.endsWith("\n") ? "\n" : "\n\n";
    String from = "From MAILER-DAEMON " + FROM_LINE.format(mail.receivedAt) + "\n";
    return (from + quoted + end).getBytes(ISO_8859_1);
  }
}
