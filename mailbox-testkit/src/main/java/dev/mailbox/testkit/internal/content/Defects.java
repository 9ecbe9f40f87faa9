// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import dev.mailbox.content.Defect;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was found to be wrong so far, each thing once. Thread-safe. */
final class Defects {
  private final CopyOnWriteArrayList<Defect> found = new CopyOnWriteArrayList<>();

  void add(Defect.Kind kind, String detail) {
    found.addIfAbsent(new Defect(kind, detail));
  }

  List<Defect> all() {
    return List.copyOf(found);
  }
}
