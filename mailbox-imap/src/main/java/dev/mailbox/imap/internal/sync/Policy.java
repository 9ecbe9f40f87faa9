// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import java.time.Duration;
import java.time.Instant;

/** What one synchronization is to copy and to remove, as questions about a message. */
final class Policy {
  private final SyncTask task;
  private final Instant start;
  private final long mostBytes;

  Policy(SyncTask task, Instant start, long mostBytes) {
    this.task = task;
    this.start = start;
    this.mostBytes = mostBytes;
  }

  /** The largest message that is downloaded. */
  long mostBytes() {
    return mostBytes;
  }

  /** How many of the newest messages are copied. */
  int newest() {
    return task.scope().newest().orElse(Integer.MAX_VALUE);
  }

  /** Whether a message that arrived then, in seconds since 1970, is out of scope. */
  boolean isTooOld(long arrivedAtSecond) {
    return task.scope()
            .since()
            .filter(since -> arrivedAtSecond < since.getEpochSecond())
            .isPresent()
        && arrivedAtSecond != Long.MIN_VALUE;
  }

  /** Whether all bodies are downloaded ahead. */
  boolean wantsAllBodies() {
    return task.bodies() instanceof BodyPolicy.All;
  }

  /** Whether the body of a message that arrived then, and is so large, is downloaded ahead. */
  boolean wantsBody(long arrivedAtSecond, long size) {
    if (size > mostBytes) {
      return false;
    }
    if (task.bodies() instanceof BodyPolicy.Recent recent) {
      return arrivedAtSecond >= start.minus(recent.age()).getEpochSecond();
    }
    return wantsAllBodies();
  }

  /** Whether the server keeps everything. */
  boolean removesNothing() {
    return task.removal() instanceof Removal.Never;
  }

  /** Whether the server loses what all receivers have handled. */
  boolean removesHandled() {
    return task.removal() instanceof Removal.AfterHandled;
  }

  /** Whether a message that has been durable here since then is to go from the server now. */
  boolean isRemovalDue(Instant since) {
    return task.removal() instanceof Removal.AfterDownload
        || (task.removal() instanceof Removal.After after
            && (after.age().isZero()
                || Duration.between(since, start).compareTo(after.age()) >= 0));
  }

  /** What decides which messages are left out; while it is the same, so is the decision. */
  String bounds() {
    String since = task.scope().since().map(Instant::toString).orElse("-");
    return "since=" + since + " bodies=" + task.bodies();
  }
}
