// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import static dev.mailbox.sync.Removal.afterDownload;
import static dev.mailbox.sync.Removal.never;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings a folder into a store, with all bodies, and says how long it took: {@code URL USER
 * PASSWORD OUTDIR}, where URL is {@code pop3://host:port} or {@code imap://host:port/FOLDER}, with
 * {@code ?delete=true} to delete on the server what is durable here. Run again with the same
 * directory, it brings what has changed. Connections are in clear text, so hosts must be loopback.
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
    URI url = URI.create(args[0]);
    FolderPath path = folder(url);
    MailboxConfig config =
        MailboxConfig.at(url.getScheme() + "://" + url.getAuthority() + "?tls=none")
            .login(args[1], args[2])
            .keepIn(Path.of(args[3], "store"))
            .scope(SyncScope.everything().folders(Set.of(path)).bodies(BodyPolicy.all()))
            .removal("delete=true".equals(url.getQuery()) ? afterDownload() : never())
            .build();
    long start = System.nanoTime();
    try (Mailbox mailbox = Mailbox.open(config)) {
      SyncReport report = mailbox.sync();
      double durable = seconds(start);
      long heap = peakHeapMebibytes();
      while (mailbox.status().notIndexed() > 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      System.out.printf(
          Locale.ROOT,
          "inner=%.3f heap=%d n=%d searchable=%.3f downloaded=%d deleted=%d unconfirmed=%d"
              + " problems=%d%n",
          durable,
          heap,
          mailbox.folder(path).orElseThrow().counts().total(),
          seconds(start),
          report.downloaded(),
          report.deleted(),
          report.unconfirmed(),
          report.problemCount());
    }
  }

  private static FolderPath folder(URI url) {
    String path = url.getPath().replaceFirst("^/", "");
    return path.isEmpty() ? FolderPath.INBOX : FolderPath.parse(path);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long peakHeapMebibytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        >> 20;
  }
}
