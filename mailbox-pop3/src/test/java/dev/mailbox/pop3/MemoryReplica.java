// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.spi.Durability;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.EntrySummary;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A replica in memory that is honest about durability: what is committed counts only once the test
 * lets it, and what was not committed is gone when the batch is closed.
 */
final class MemoryReplica implements Replica {
  /** A message that is here. */
  record Held(String key, String raw, boolean headerOnly) {}

  private static final CountDownLatch OPEN = new CountDownLatch(0);

  private final ArrayDeque<Commit> pending = new ArrayDeque<>();
  private final Map<String, RemoteEntry> entries = new TreeMap<>();
  private final Map<String, Held> byKey = new LinkedHashMap<>();
  private final List<Held> held = new ArrayList<>();
  private final Set<String> handled = new TreeSet<>();
  private String anchor = "";
  private CountDownLatch disk = new CountDownLatch(0);
  private int failingWrites;
  private boolean failing;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger readings = new AtomicInteger();
  private int commits;
  private int leftOut = -1;

  /** From now on nothing becomes durable until {@link #release}. */
  synchronized void hold() {
    disk = new CountDownLatch(1);
  }

  synchronized void release() {
    disk.countDown();
    settle();
  }

  /** From the n-th write of bytes on, every write and commit fails. */
  synchronized void failAtWrite(int number) {
    failingWrites = number;
  }

  synchronized void heal() {
    failing = false;
    failingWrites = 0;
  }

  /** The raw bytes of the whole messages that are durable, in the order of arrival. */
  synchronized List<String> raws() {
    return held.stream().filter(h -> !h.headerOnly()).map(Held::raw).toList();
  }

  synchronized List<Held> held() {
    return List.copyOf(held);
  }

  synchronized Map<String, RemoteEntry> entries() {
    return new TreeMap<>(entries);
  }

  synchronized EntryState state(String key) {
    return entry(key).state();
  }

  private RemoteEntry entry(String key) {
    return Objects.requireNonNull(entries.get(key), key);
  }

  /** How many commits there were. */
  synchronized int commits() {
    return commits;
  }

  /** How often somebody had to wait until something was durable. */
  int waiting() {
    return waiting.get();
  }

  /** How often all entries were read. */
  int readings() {
    return readings.get();
  }

  synchronized String anchor() {
    return anchor;
  }

  /** Puts an entry into a state as an earlier session would have left it. */
  synchronized void force(String key, EntryState state, Instant since) {
    RemoteEntry old = entry(key);
    entries.put(key, new RemoteEntry(key, old.listedSize(), state, old.headerHash(), since));
  }

  /** All receivers have handled a message. */
  synchronized void handle(String key) {
    handled.add(key);
  }

  @Override
  public synchronized void handled(FolderPath folder, Consumer<String> consumer) {
    handled.forEach(consumer);
  }

  /** Removes a message here, as the user would. */
  synchronized void delete(String key) {
    held.remove(byKey.remove(key));
    force(key, EntryState.REMOVE, Instant.now());
  }

  /** How many messages the last sync that ended left out; -1 before the first. */
  synchronized int leftOut() {
    return leftOut;
  }

  @Override
  public List<RemoteFolder> folders() {
    throw new AssertionError("a maildrop has no folders");
  }

  @Override
  public void arrange(Collection<ListedFolder> listed) {
    throw new AssertionError("a maildrop has no folders");
  }

  @Override
  public synchronized EntrySummary summary(FolderPath folder) {
    return new EntrySummary(
        entries.size(),
        (int) entries.values().stream().filter(e -> e.state() == EntryState.DURABLE).count(),
        entries.values().stream()
            .map(RemoteEntry::since)
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX));
  }

  @Override
  public void flags(FolderPath folder, BiConsumer<String, Set<Flag>> consumer) {
    throw new AssertionError("a maildrop has no flags");
  }

  @Override
  public synchronized RemoteFolder folder(FolderPath path) {
    return new RemoteFolder(path, anchor);
  }

  @Override
  public void entries(FolderPath folder, Consumer<RemoteEntry> consumer) {
    readings.incrementAndGet();
    entries().values().forEach(consumer);
  }

  @Override
  public ReplicaBatch batch(FolderPath folder) {
    return new Batch();
  }

  private final class Batch implements ReplicaBatch {
    private List<Runnable> changes = new ArrayList<>();

    @Override
    public MessageSink message(RemoteMessage message) {
      return new MemorySink(
          MemoryReplica.this::beforeWrite, sink -> changes.add(() -> deliver(message, sink)));
    }

    @Override
    public void state(RemoteEntry entry) {
      changes.add(() -> entries.put(entry.key(), entry));
    }

    @Override
    public void forget(String key) {
      changes.add(
          () -> {
            entries.remove(key);
            byKey.remove(key);
          });
    }

    @Override
    public void flags(String key, Set<Flag> flags) {
      throw new AssertionError("a maildrop has no flags");
    }

    @Override
    public void removed(String key) {
      throw new AssertionError("mail of a maildrop lives here");
    }

    @Override
    public void released(String key) {
      throw new AssertionError("mail of a maildrop lives here");
    }

    @Override
    public void rekey(String key, String newKey) {
      throw new AssertionError("a maildrop does not renumber");
    }

    @Override
    public void inStep(int count) {
      changes.add(() -> leftOut = count);
    }

    @Override
    public void anchor(String text) {
      changes.add(() -> anchor = text);
    }

    @Override
    public Durability commit() {
      synchronized (MemoryReplica.this) {
        if (failing) {
          throw failure();
        }
        Commit commit = new Commit(changes, pending.isEmpty() && changes.isEmpty() ? OPEN : disk);
        commits += changes.isEmpty() ? 0 : 1;
        changes = new ArrayList<>();
        pending.add(commit);
        settle();
        return commit;
      }
    }

    @Override
    public void close() {
      changes.clear();
    }
  }

  private final class Commit implements Durability {
    private final List<Runnable> changes;
    private final CountDownLatch written;

    Commit(List<Runnable> changes, CountDownLatch written) {
      this.changes = changes;
      this.written = written;
    }

    @Override
    public boolean isDurable() {
      settle();
      return written.getCount() == 0;
    }

    @Override
    public void awaitDurable() {
      waiting.addAndGet(isDurable() ? 0 : 1);
      try {
        if (!written.await(20, TimeUnit.SECONDS)) {
          throw failure();
        }
      } catch (InterruptedException e) {
        throw Failures.interrupted();
      }
      settle();
    }
  }

  /** Does what has become durable, in the order in which it was committed. */
  private synchronized void settle() {
    while (!pending.isEmpty() && pending.element().written.getCount() == 0) {
      pending.remove().changes.forEach(Runnable::run);
    }
  }

  private synchronized void beforeWrite() {
    if (failingWrites > 0 && --failingWrites == 0) {
      failing = true;
    }
    if (failing) {
      throw failure();
    }
  }

  private static StoreException failure() {
    return new StoreException(Reason.DISK_FULL, "no space left", null);
  }

  private void deliver(RemoteMessage message, MemorySink sink) {
    String key = message.key();
    Held known = byKey.get(key);
    String raw = new String(sink.bytes(), StandardCharsets.ISO_8859_1);
    Held arrived = new Held(key, raw, message.headerOnly());
    if (known != null && known.headerOnly() && !message.headerOnly()) {
      held.set(held.indexOf(known), arrived);
      byKey.put(key, arrived);
    } else if (known == null || (!message.headerOnly() && !known.raw().equals(raw))) {
      held.add(arrived);
      byKey.put(key, arrived);
    }
    byte[] hash = Arrays.copyOf(sink.receipt().headerHash(), 32);
    EntryState state = message.headerOnly() ? EntryState.HEADER : EntryState.DURABLE;
    entries.put(key, new RemoteEntry(key, message.listedSize(), state, hash, Instant.now()));
  }
}
