// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to a store's directory, held by one mailbox of one process.
 *
 * <p>The operating system's lock ends with the process, however it ends. It belongs to the process
 * as a whole, and closing any channel of the locked file would give it up, so mailboxes of the same
 * process are kept apart by a set of their own, and who holds the lock is written into a second
 * file.
 */
final class StoreLock implements AutoCloseable {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Path directory;
  private final FileChannel channel;

  private StoreLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static StoreLock acquire(Path directory, Duration wait) throws IOException {
    Path real = directory.toRealPath();
    long start = System.nanoTime();
    while (true) {
      StoreLock lock = attempt(real);
      if (lock != null) {
        return lock;
      }
      if (Duration.ofNanos(System.nanoTime() - start).compareTo(wait) >= 0) {
        throw new StoreException(
            Reason.STORE_LOCKED, "the store " + directory + " is in use by " + holder(real), null);
      }
      LockSupport.parkNanos(RETRY_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw Failures.interrupted(new InterruptedException());
      }
    }
  }

  private static @Nullable StoreLock attempt(Path real) throws IOException {
    if (!HELD_HERE.add(real)) {
      return null;
    }
    StoreLock held = null;
    FileChannel channel = null;
    try {
      channel = open(real.resolve("lock"));
      if (channel.tryLock() != null) {
        OwnerOnly.write(real.resolve("owner"), self());
        held = new StoreLock(real, channel);
      }
      return held;
    } catch (OverlappingFileLockException e) {
      // Another class loader of this process has it.
      return null;
    } finally {
      if (held == null) {
        if (channel != null) {
          channel.close();
        }
        HELD_HERE.remove(real);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    OwnerOnly.create(file);
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  private static String self() {
    return "process " + ProcessHandle.current().pid() + " since " + Instant.now();
  }

  private static String holder(Path real) {
    try {
      return Files.readString(real.resolve("owner"));
    } catch (IOException e) {
      return "another process";
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Failures.of(e, directory);
    } finally {
      HELD_HERE.remove(directory);
    }
  }
}
