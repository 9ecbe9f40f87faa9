// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Collects defects, each once and no more than {@link Limits#DEFECTS}. Thread-safe. */
final class Defects {
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Defect> found = new LinkedHashSet<>();

  void add(Defect.Kind kind, String detail) {
    lock.lock();
    try {
      if (found.size() < Limits.DEFECTS) {
        found.add(new Defect(kind, detail));
      }
    } finally {
      lock.unlock();
    }
  }

  List<Defect> list() {
    lock.lock();
    try {
      return List.copyOf(found);
    } finally {
      lock.unlock();
    }
  }
}
