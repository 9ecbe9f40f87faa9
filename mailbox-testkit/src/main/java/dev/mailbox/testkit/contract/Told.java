// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.MailboxException;
import dev.mailbox.change.Change;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.Watch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a watch has told so far; closes the watch with itself. */
final class Told implements ChangeListener, AutoCloseable {
  private final List<Change> changes = new CopyOnWriteArrayList<>();
  private final List<MailboxException> problems = new CopyOnWriteArrayList<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  /** Takes the watch, to close it. */
  Watch by(Watch watch) {
    watches.add(watch);
    return watch;
  }

  @Override
  public void changed(Change change) {
    changes.add(change);
  }

  @Override
  public void failed(MailboxException problem) {
    problems.add(problem);
  }

  /** Waits for so many changes; gives all that were told until then. */
  List<Change> await(int count) {
    Wait.until(count + " changes are told", () -> changes.size() >= count);
    return List.copyOf(changes);
  }

  int count() {
    return changes.size();
  }

  long arrivals() {
    return changes.stream().filter(change -> change instanceof Change.Arrived).count();
  }

  List<MailboxException> problems() {
    return problems;
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
