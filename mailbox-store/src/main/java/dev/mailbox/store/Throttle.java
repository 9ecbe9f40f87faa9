// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Passes progress on at a rate that a listener can bear. For one thread. */
final class Throttle {
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ProgressListener listener;
  private Progress.@Nullable Phase phase;
  private long lastNanos;

  Throttle(ProgressListener listener) {
    this.listener = listener;
  }

  void progress(Progress progress) {
    long now = System.nanoTime();
    boolean complete = progress.done() >= progress.total();
    if (progress.phase() != phase || complete || now - lastNanos >= INTERVAL_NANOS) {
      phase = progress.phase();
      lastNanos = now;
      listener.progress(progress);
    }
  }
}
