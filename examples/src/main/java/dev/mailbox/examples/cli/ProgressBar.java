// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.sync.Progress;

/** One line of a terminal that is drawn again and again, and wiped at the end. */
final class ProgressBar implements ProgressView {
  private static final int BAR = 24;

  private final Terminal terminal;
  private final int columns;
  private boolean drawn;

  ProgressBar(Terminal terminal) {
    this.terminal = terminal;
    this.columns = terminal.columns() - 1;
  }

  @Override
  public void progress(Progress progress) {
    String bar = progress.total() == 0 ? "" : bar(progress.done(), progress.total());
    String amount = progress.total() == 0 ? "" : ProgressView.amount(progress);
    draw(Columns.fit(ProgressView.phase(progress), 12) + bar + amount);
  }

  private static String bar(long done, long total) {
    int filled = (int) (BAR * done / total);
    return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] ";
  }

  private void draw(String line) {
    terminal.err().print("\r" + Columns.fit(line, columns));
    terminal.err().flush();
    drawn = true;
  }

  @Override
  public void close() {
    if (drawn) {
      draw("");
      terminal.err().print('\r');
      terminal.err().flush();
    }
  }
}
