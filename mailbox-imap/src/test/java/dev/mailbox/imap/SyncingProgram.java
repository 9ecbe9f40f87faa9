// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.Mailbox;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Synchronizes once, taking all bodies from the server; ends itself, or is killed, on the way. */
final class SyncingProgram {
  private SyncingProgram() {}

  /**
   * Arguments: user, port, the store's directory, and the number of the progress event at which the
   * process halts as it stands, or 0. Says {@code open} and, if it comes so far, {@code done}.
   */
  public static void main(String[] arguments) {
    int last = Integer.parseInt(arguments[3]);
    AtomicInteger events = new AtomicInteger();
    try (Mailbox mailbox =
        Mailbox.open(
            TestAccount.config(arguments[0], Integer.parseInt(arguments[1]), Path.of(arguments[2]))
                .scope(SyncScope.everything().bodies(BodyPolicy.all()))
                .removal(Removal.afterDownload())
                .build())) {
      ChildProcess.say("open");
      SyncReport report =
          mailbox.sync(
              progress -> {
                if (events.incrementAndGet() == last) {
                  Runtime.getRuntime().halt(1);
                }
              });
      ChildProcess.say("done " + report.deleted() + " " + events.get());
    }
  }
}
