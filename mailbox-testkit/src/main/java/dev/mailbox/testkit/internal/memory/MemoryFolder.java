// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderCounts;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Residence;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.internal.content.Content;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder, by its path. */
final class MemoryFolder implements Folder {
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private final Device device;
  private final FolderPath path;

  MemoryFolder(Device device, FolderPath path) {
    this.device = device;
    this.path = path;
  }

  private <T> T read(Function<CopiedFolder, T> work) {
    return device.read(() -> work.apply(device.copy().require(path)));
  }

  @Override
  public FolderPath path() {
    return path;
  }

  @Override
  public Optional<FolderRole> role() {
    return read(CopiedFolder::role);
  }

  @Override
  public Residence residence() {
    return read(CopiedFolder::residence);
  }

  @Override
  public FolderCounts counts() {
    return read(
        folder -> {
          List<Placement> messages = device.copy().in(path);
          long unread = messages.stream().filter(p -> !p.flags().contains(Flag.SEEN)).count();
          long missing = messages.stream().filter(p -> !p.body().isHere()).count();
          return new FolderCounts(messages.size(), (int) unread, (int) missing);
        });
  }

  @Override
  public SyncReport sync(ProgressListener listener) {
    return read(CopiedFolder::isKeptInStep)
        ? device.syncs().sync(Set.of(path), listener)
        : SyncReport.builder().build();
  }

  @Override
  public List<Message> newest(int count) {
    return page(count, all -> all);
  }

  @Override
  public List<Message> olderThan(MessageId message, int count) {
    Optional<Placement> start = device.read(() -> device.copy().find(message));
    return page(
        count,
        all ->
            start.isEmpty()
                ? Stream.empty()
                : all.filter(p -> Placement.NEWEST_FIRST.compare(p, start.get()) > 0));
  }

  private List<Message> page(int count, Function<Stream<Placement>, Stream<Placement>> which) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1");
    }
    return read(
        folder ->
            which
                .apply(device.copy().in(path).stream().sorted(Placement.NEWEST_FIRST))
                .limit(count)
                .map(device.reader()::message)
                .toList());
  }

  @Override
  public SearchResult search(Search search) {
    return device.searching().search(path, search);
  }

  @Override
  public Optional<Message> await(Query query, Duration timeout) {
    return new Waiting(device, path, query).until(timeout);
  }

  @Override
  public Appended append(MimeMessage message, Flag... flags) {
    var out = new ByteArrayOutputStream();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalArgumentException("the message cannot be written", e);
    }
    return device
        .changes()
        .append(path, Content.of(out.toByteArray()), receivedAt(message), Set.of(flags));
  }

  private Instant receivedAt(MimeMessage message) {
    try {
      return Optional.ofNullable(message.getReceivedDate())
          .map(Date::toInstant)
          .filter(MemoryFolder::canBeTold)
          .orElseGet(device::now);
    } catch (MessagingException e) {
      return device.now();
    }
  }

  private static boolean canBeTold(Instant time) {
    return !time.isBefore(EARLIEST) && time.isBefore(TOO_LATE);
  }

  @Override
  public Appended append(InputStream raw, Instant receivedAt, Set<Flag> flags) {
    if (!canBeTold(receivedAt)) {
      throw new IllegalArgumentException("not in the years 0 to 9999: " + receivedAt);
    }
    try {
      Content content = Content.of(raw.readAllBytes());
      return device.changes().append(path, content, receivedAt, Set.copyOf(flags));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Outcome rename(FolderPath to) {
    return device.changes().rename(path, to);
  }

  @Override
  public Outcome delete() {
    return device.changes().delete(path);
  }

  @Override
  public String toString() {
    return "Folder[" + path + "]";
  }
}
