// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.spi.RemoteEntry;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be done with each listed message, by its index. For one thread. */
final class Plan {
  /** What is to be done. */
  enum Step {
    NONE,
    /** See whether the server has what was once downloaded, and delete it. */
    REMOVE,
    /** Get the header, which decides about the body. */
    HEADER,
    /** Get the whole message. */
    BODY
  }

  private final Step[] steps;
  private final BitSet here = new BitSet();
  private final Map<Integer, RemoteEntry> entries = new HashMap<>();

  Plan(int messages) {
    steps = new Step[messages];
    Arrays.fill(steps, Step.NONE);
  }

  Step step(int index) {
    return steps[index];
  }

  void step(int index, Step step) {
    steps[index] = step;
  }

  /** The message is here, or on its way to stable storage, or was deleted here. */
  void here(int index) {
    here.set(index);
  }

  /** The same of each. */
  void allHere() {
    here.set(0, steps.length);
  }

  /** The server may have another message in the place of one that is here. */
  void retrieveAgain(int index) {
    here.clear(index);
    steps[index] = Step.BODY;
  }

  /** Whether {@link #here} was said of it, and not that it may be another. */
  boolean isHere(int index) {
    return here.get(index);
  }

  /** Remembers what the replica knew of a message. */
  void entry(int index, RemoteEntry entry) {
    entries.put(index, entry);
  }

  /** What the replica knew of a message that is not simply kept; null if nothing. */
  @Nullable RemoteEntry entry(int index) {
    return entries.get(index);
  }

  /** How many messages are to be copied, wholly or their headers. */
  int copies() {
    int copies = 0;
    for (Step step : steps) {
      copies += step == Step.HEADER || step == Step.BODY ? 1 : 0;
    }
    return copies;
  }
}
