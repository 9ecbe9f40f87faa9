// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Downloads an inbox into a store and says how long it took: {@code URL USER PASSWORD OUTDIR},
 * where URL is {@code pop3://host:port}, with {@code ?delete=true} to delete on the server what is
 * durable here, or {@code imap://host:port/INBOX}, with {@code ?headers=true} for a list without
 * bodies. A second run with the same OUTDIR brings the store in step again. Connections are in
 * clear text, so hosts must be loopback.
 *
 * <p>Prints {@code inner=SECONDS heap=MB n=MESSAGES}: the time from before the store is opened
 * until everything is durable, without the start of the virtual machine, and the sum of the heap
 * pools' peaks. {@code searchable=SECONDS} is the time until all of it is in the text index too.
 */
public final class Download {
  private static final long PAUSE_NANOS = 20_000_000;

  private Download() {}

  /** Runs one download. */
  public static void main(String[] args) {
    boolean delete = args[0].endsWith("?delete=true");
    boolean headers = args[0].endsWith("?headers=true");
    String server = args[0].replaceFirst("\\?.*", "").replaceFirst("/INBOX$", "");
    MailboxConfig config =
        MailboxConfig.at(server + "?tls=none")
            .login(args[1], args[2])
            .keepIn(Path.of(args[3], "store"))
            .scope(
                SyncScope.everything().bodies(headers ? BodyPolicy.onDemand() : BodyPolicy.all()))
            .removal(delete ? Removal.afterDownload() : Removal.never())
            .build();
    long start = System.nanoTime();
    try (Mailbox mailbox = Mailbox.open(config)) {
      SyncReport report = mailbox.inbox().sync();
      double durable = seconds(start);
      long heap = Heap.peakMebibytes();
      while (mailbox.status().notIndexed() > 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      System.out.printf(
          Locale.ROOT,
          "inner=%.3f heap=%d n=%d searchable=%.3f deleted=%d unconfirmed=%d problems=%d%n",
          durable,
          heap,
          mailbox.inbox().counts().total(),
          seconds(start),
          report.deleted(),
          report.unconfirmed(),
          report.problemCount());
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
