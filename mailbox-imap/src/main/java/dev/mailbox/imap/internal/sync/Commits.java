// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.spi.Durability;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.sync.SyncReport;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has come and is on its way to stable storage, in commits of a bearable size. Only what a
 * commit has made durable is counted. For one thread.
 */
final class Commits {
  private static final int MOST_MESSAGES = 500;
  private static final long MOST_BYTES = 8L << 20;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What one commit holds. */
  private static final class Group {
    private final long since = System.nanoTime();
    private int bodies;
    private int headers;
    private long bytes;
    private boolean changes;
    private @Nullable Durability durability;

    private boolean isDue() {
      return bodies + headers >= MOST_MESSAGES
          || bytes >= MOST_BYTES
          || (bodies + headers > 0 && System.nanoTime() - since >= MOST_NANOS);
    }

    private Durability durability() {
      Durability known = durability;
      if (known == null) {
        throw new IllegalStateException("the group is not committed");
      }
      return known;
    }
  }

  private final ReplicaBatch batch;
  private final SyncReport.Builder report;
  private final ArrayDeque<Group> committed = new ArrayDeque<>();
  private Group open = new Group();

  Commits(ReplicaBatch batch, SyncReport.Builder report) {
    this.batch = batch;
    this.report = report;
  }

  /** A whole message was completed. */
  void body(long bytes) {
    open.bodies++;
    open.bytes += bytes;
    open.changes = true;
  }

  /** A header was completed. */
  void header(long bytes) {
    open.headers++;
    open.bytes += bytes;
    open.changes = true;
  }

  /** A header was completed whose message follows. */
  void headerAhead(long bytes) {
    open.bytes += bytes;
    open.changes = true;
  }

  /** Something else was noted in the batch. */
  void changed() {
    open.changes = true;
  }

  /** Commits if it is time to, and counts what has become durable; does not wait. */
  void step() {
    if (open.isDue()) {
      handOver();
    }
    while (!committed.isEmpty() && committed.element().durability().isDurable()) {
      settle(committed.remove());
    }
  }

  /** Commits the rest without waiting for it. */
  void handOver() {
    if (open.changes) {
      open.durability = batch.commit();
      committed.add(open);
      open = new Group();
    }
  }

  /** Commits the rest and waits until all is durable. */
  void finish() {
    handOver();
    while (!committed.isEmpty()) {
      committed.element().durability().awaitDurable();
      settle(committed.remove());
    }
  }

  private void settle(Group group) {
    report.downloaded(group.bodies).headersOnly(group.headers).bytes(group.bytes);
  }
}
