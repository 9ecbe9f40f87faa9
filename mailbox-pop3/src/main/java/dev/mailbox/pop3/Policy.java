// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.FolderPath;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** What one synchronization is to copy and to remove, as questions about a message. */
final class Policy {
  private final SyncTask task;
  private final Instant start;
  private final long mostBytes;
  private final Set<String> handled = new HashSet<>();

  Policy(SyncTask task, Replica replica, Instant start, long mostBytes) {
    this.task = task;
    this.start = start;
    this.mostBytes = mostBytes;
    if (task.removal() instanceof Removal.AfterHandled) {
      replica.handled(FolderPath.INBOX, handled::add);
    }
  }

  /** The largest message that is downloaded. */
  long mostBytes() {
    return mostBytes;
  }

  /** How many of the messages with the highest numbers are copied. */
  int newest() {
    return task.scope().newest().orElse(Integer.MAX_VALUE);
  }

  /** Whether a header must be seen before it is known what to do with its message. */
  boolean needsHeaders() {
    return task.scope().since().isPresent() || !(task.bodies() instanceof BodyPolicy.All);
  }

  /** Whether a header that is here is to get its body whatever its age. */
  boolean wantsAllBodies() {
    return task.bodies() instanceof BodyPolicy.All;
  }

  /** Whether a message that arrived then is out of scope. */
  boolean isTooOld(Instant arrival) {
    return task.scope().since().filter(arrival::isBefore).isPresent();
  }

  /** Whether the body of a message that arrived then is downloaded ahead. */
  boolean wantsBody(Instant arrival) {
    if (task.bodies() instanceof BodyPolicy.Recent recent) {
      return !arrival.isBefore(start.minus(recent.age()));
    }
    return wantsAllBodies();
  }

  /** Whether the server keeps everything that is not deleted on request. */
  boolean removesNothing() {
    return task.removal() instanceof Removal.Never;
  }

  /** Whether a message goes as soon as it is durable. */
  boolean removesAtOnce() {
    return task.removal() instanceof Removal.AfterDownload
        || (task.removal() instanceof Removal.After after && after.age().isZero());
  }

  /** Whether a message that is durable here is to go from the server now. */
  boolean isRemovalDue(RemoteEntry durable) {
    return removesAtOnce()
        || handled.contains(durable.key())
        || (task.removal() instanceof Removal.After after && isOlder(durable.since(), after.age()));
  }

  /** Whether no message is to go that became durable then or later. */
  boolean keepsAllSince(Instant oldest) {
    return !removesAtOnce()
        && handled.isEmpty()
        && !(task.removal() instanceof Removal.After after && isOlder(oldest, after.age()));
  }

  /** Whether a message whose removal was not confirmed is to go all the same. */
  boolean isStillToRemove(RemoteEntry unconfirmed) {
    return task.removal() instanceof Removal.AfterHandled
        ? handled.contains(unconfirmed.key())
        : !removesNothing();
  }

  private boolean isOlder(Instant since, Duration age) {
    return Duration.between(since, start).compareTo(age) >= 0;
  }

  /** What decides which messages are left out; while it is the same, so is the decision. */
  String bounds() {
    return "max=" + mostBytes + " since=" + since() + " bodies=" + task.bodies();
  }

  private String since() {
    return task.scope().since().map(Instant::toString).orElse("-");
  }
}
