// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import java.util.Locale;

/** Shows how long work goes on. */
interface ProgressView extends ProgressListener, AutoCloseable {
  /** A bar for a person, lines for a log, nothing beside machine output. */
  static ProgressView of(Terminal terminal, boolean json) {
    if (json) {
      return progress -> {};
    }
    return terminal.isInteractive() ? new ProgressBar(terminal) : new ProgressLines(terminal);
  }

  /** The phase in words. */
  static String phase(Progress progress) {
    return progress.phase().name().toLowerCase(Locale.ROOT);
  }

  /** {@code 12 of 345, 6.7 MB}. */
  static String amount(Progress progress) {
    String bytes = progress.bytes() == 0 ? "" : ", " + Sizes.human(progress.bytes());
    return progress.done() + " of " + progress.total() + bytes;
  }

  /** Leaves the screen tidy. */
  @Override
  default void close() {}
}
