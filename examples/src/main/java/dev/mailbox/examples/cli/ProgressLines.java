// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.sync.Progress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A line for each phase, and one every ten seconds while it lasts. */
final class ProgressLines implements ProgressView {
  private static final long PAUSE = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private Progress.@Nullable Phase phase;
  private long lastLine;

  ProgressLines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void progress(Progress progress) {
    long now = System.nanoTime();
    if (progress.phase() == phase && now - lastLine < PAUSE) {
      return;
    }
    phase = progress.phase();
    lastLine = now;
    String amount = progress.total() == 0 ? "" : " " + ProgressView.amount(progress);
    terminal.err().println(ProgressView.phase(progress) + amount);
  }
}
