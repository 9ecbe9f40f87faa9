// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures a sync that finds nothing new in a maildrop where everything is kept, against the raw
 * drain of UIDL and LIST, in one run and in turns. The first of them compares message by message,
 * the others the listing as a whole. The sync that downloads everything is timed too.
 *
 * <p>Arguments, all optional: the number of messages (200000), their average size in bytes (2000)
 * and the rounds (9). For a real server instead of the canned one: its port on localhost, which
 * speaks clear text, the user, the password, and the rounds. Stores are made in {@code
 * java.io.tmpdir}. Run with {@code -Xmx64m}, as {@link Pop3Floors} says.
 */
public final class Pop3Unchanged {
  private final int port;
  private final String user;
  private final String password;
  private final int rounds;

  private Pop3Unchanged(int port, String user, String password, int rounds) {
    this.port = port;
    this.user = user;
    this.password = password;
    this.rounds = rounds;
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    if (args.length == 4) {
      int port = Integer.parseInt(args[0]);
      new Pop3Unchanged(port, args[1], args[2], Integer.parseInt(args[3])).run();
      return;
    }
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int average = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 9;
    try (MailFile mails = MailFile.of(count, average);
        CannedPop3 server = CannedPop3.start(mails)) {
      new Pop3Unchanged(server.port(), "bench", "secret", rounds).run();
    }
  }

  private void run() throws Exception {
    Path store = Files.createTempDirectory("unchanged");
    MailboxConfig config =
        MailboxConfig.at("pop3://localhost:" + port + "?tls=none")
            .login(user, password)
            .keepIn(store)
            .removal(Removal.never())
            .build();
    var first = new Series("first sync");
    try (Mailbox mailbox = Mailbox.open(config)) {
      first.time(() -> tell(mailbox.sync()));
      System.out.println(first);
    }
    measure(config);
    Stores.remove(store);
  }

  private void measure(MailboxConfig config) throws Exception {
    var drain = new Pop3Drain(port, user, password);
    var drained = new Series("raw drain of UIDL and LIST");
    var unchanged = new Series("sync that finds nothing new");
    try (Mailbox mailbox = Mailbox.open(config)) {
      for (int round = 0; round < rounds; round++) {
        drained.time(drain::listing);
        unchanged.time(() -> check(mailbox.sync()));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s%n%s%n  ratio %.2f; peak heap %d MB of %d MB%n",
        drained,
        unchanged,
        unchanged.median() / drained.median(),
        Heap.peakMebibytes(),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void tell(SyncReport report) {
    System.out.printf(
        Locale.ROOT, "%d messages, %.1f MB%n", report.downloaded(), report.bytes() / 1e6);
  }

  private static void check(SyncReport report) {
    if (report.downloaded() > 0 || report.kept() == 0) {
      throw new IllegalStateException(report.toString());
    }
  }
}
