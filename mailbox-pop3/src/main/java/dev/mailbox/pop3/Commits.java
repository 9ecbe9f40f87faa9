// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.pop3.Removals.Removed;
import dev.mailbox.spi.Durability;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.sync.SyncReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has come and is on its way to stable storage, in commits of a bearable size. Only what a
 * commit has made durable is counted, and handed to the {@link Removals}.
 */
final class Commits {
  private static final int MOST_MESSAGES = 500;
  private static final long MOST_BYTES = 8L << 20;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What one commit holds. */
  private static final class Group {
    private final List<Removed> removable = new ArrayList<>();
    private final long since = System.nanoTime();
    private int bodies;
    private int headers;
    private int staying;
    private long bytes;
    private boolean changes;
    private @Nullable Durability durability;

    private boolean isDue() {
      return bodies + headers >= MOST_MESSAGES
          || bytes >= MOST_BYTES
          || (bodies + headers > 0 && System.nanoTime() - since >= MOST_NANOS);
    }

    private boolean isEmpty() {
      return !changes;
    }
  }

  private final ReplicaBatch batch;
  private final SyncReport.Builder report;
  private final Removals removals;
  private final ArrayDeque<Group> committed = new ArrayDeque<>();
  private Group open = new Group();

  Commits(ReplicaBatch batch, SyncReport.Builder report, Removals removals) {
    this.batch = batch;
    this.report = report;
    this.removals = removals;
  }

  /** A whole message was completed; null if it stays on the server. */
  void body(long bytes, @Nullable Removed removable) {
    open.bodies++;
    open.bytes += bytes;
    open.changes = true;
    if (removable == null) {
      open.staying++;
    } else {
      open.removable.add(removable);
    }
  }

  /** A message that was here already was completed again. */
  void again(Removed removable) {
    open.removable.add(removable);
    open.changes = true;
  }

  /** A header was completed. */
  void header(long bytes) {
    open.headers++;
    open.bytes += bytes;
    open.changes = true;
  }

  /** Something else was noted in the batch. */
  void changed() {
    open.changes = true;
  }

  /** Commits if it is time to, and passes on what has become durable; does not wait. */
  void step() {
    if (open.isDue()) {
      handOver();
    }
    while (!committed.isEmpty() && durability(committed.element()).isDurable()) {
      settle(committed.remove());
    }
  }

  /** Commits the rest without waiting for it. */
  void handOver() {
    if (!open.isEmpty()) {
      open.durability = batch.commit();
      committed.add(open);
      open = new Group();
    }
  }

  /** Commits the rest and waits until all is durable. */
  void finish() {
    handOver();
    while (!committed.isEmpty()) {
      durability(committed.element()).awaitDurable();
      settle(committed.remove());
    }
  }

  private void settle(Group group) {
    report.downloaded(group.bodies).headersOnly(group.headers).bytes(group.bytes);
    report.kept(group.staying);
    group.removable.forEach(removals::due);
  }

  private static Durability durability(Group group) {
    Durability durability = group.durability;
    if (durability == null) {
      throw new IllegalStateException("the group is not committed");
    }
    return durability;
  }
}
