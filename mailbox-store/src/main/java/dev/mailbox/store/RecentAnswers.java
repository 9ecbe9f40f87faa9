// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which messages' flags the server has just changed as it was asked to. A listing that began before
 * may have been made before, too, and must not undo what is shown; the next one tells. Only the
 * newest are remembered, which is enough for the length of a listing. For the writer's thread.
 */
final class RecentAnswers {
  private static final int MOST = 20_000;

  private final Map<Long, Long> nanoTimes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > MOST;
        }
      };

  /** The server has changed the flags of a message as it was asked to. */
  void note(long placement) {
    nanoTimes.remove(placement);
    nanoTimes.put(placement, System.nanoTime());
  }

  /** Whether that has happened since a moment of the monotonic clock. */
  boolean isSince(long placement, long nanoTime) {
    Long noted = nanoTimes.get(placement);
    return noted != null && noted - nanoTime >= 0;
  }
}
