// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener how it goes: of the first and the last message of each phase, and in between as
 * often as a listener can bear. For one thread.
 */
final class Telling {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ProgressListener listener;
  private Progress.@Nullable Phase phase;
  private Span pause = Span.of(Duration.ZERO);
  private int done;
  private long bytes;

  Telling(ProgressListener listener) {
    this.listener = listener;
  }

  /** The messages of another folder follow. */
  void begin() {
    done = 0;
    bytes = 0;
  }

  /** A message has come, of so many. */
  void done(long moreBytes, int total) {
    done++;
    bytes += moreBytes;
    tell(new Progress(Progress.Phase.DOWNLOADING, done, total, bytes));
  }

  void tell(Progress.Phase now, int soMany, int total) {
    tell(new Progress(now, soMany, total, 0));
  }

  void tell(Progress progress) {
    boolean worth = progress.phase() != phase || progress.done() >= progress.total();
    if (worth || pause.left() <= 0) {
      phase = progress.phase();
      pause = Span.of(PAUSE);
      listener.progress(progress);
    }
  }
}
