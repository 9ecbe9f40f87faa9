// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The copies that outlive their mailboxes, as stores on disk do, under the names of their
 * directories, which are not touched. Guarded by the server's lock.
 */
final class Shelf {
  private final Server server;
  private final Map<Path, Copy> copies = new HashMap<>();
  private final Set<Path> open = new HashSet<>();

  Shelf(Server server) {
    this.server = server;
  }

  /** The copy for a mailbox, which has it alone until it gives it back; takes the lock. */
  Copy open(MailboxConfig config) {
    return server.read(() -> config.store().map(path -> take(path, config)).orElseGet(this::made));
  }

  private Copy take(Path path, MailboxConfig config) {
    awaitFree(path, config.lockWait().toNanos());
    if (config.host().isEmpty() && !copies.containsKey(path)) {
      throw new StoreException(Reason.NOT_FOUND, "there is no store at " + path, null);
    }
    open.add(path);
    return copies.computeIfAbsent(path, p -> made());
  }

  private Copy made() {
    return new Copy(server.residence());
  }

  private void awaitFree(Path path, long nanos) {
    long start = System.nanoTime();
    long left = nanos;
    while (open.contains(path)) {
      if (left <= 0) {
        long process = ProcessHandle.current().pid();
        throw new StoreException(
            Reason.STORE_LOCKED, path + " is open in process " + process, null);
      }
      try {
        long unused = server.news().awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Problems.broken(Reason.INTERRUPTED, "interrupted while waiting for the store");
      }
      left = nanos - (System.nanoTime() - start);
    }
  }

  void giveBack(MailboxConfig config) {
    config.store().ifPresent(open::remove);
  }
}
