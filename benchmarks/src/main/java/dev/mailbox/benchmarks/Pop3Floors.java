// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.store.StoreMailbox;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.proxy.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures POP3 download-and-delete into a store on disk against its floors, in one run and in
 * turns: the raw drain (RETR and DELE sent ahead, what comes is thrown away), and our schema
 * without a wire (the same messages through the same store). Ours is timed from before the store is
 * opened until {@code sync()} returns, by when everything is durable and deleted; and until all of
 * it is in the text index too.
 *
 * <p>Arguments, all optional: the number of messages (20000), their average size in bytes (5400),
 * the rounds (5), and round trip times in milliseconds (0 20). Stores are made in {@code
 * java.io.tmpdir}, which should be a real disk. For a small heap:
 *
 * <pre>{@code
 * mvn -q -pl benchmarks -am package -DskipTests
 * mvn -q -pl benchmarks dependency:build-classpath -Dmdep.outputFile=/tmp/classpath
 * java -Xmx64m -cp benchmarks/target/classes:$(cat /tmp/classpath) \
 *     dev.mailbox.benchmarks.Pop3Floors 20000 5400 5 0 20
 * }</pre>
 *
 * <p>The server ({@code CannedPop3}) and, where there is a round trip, the proxy in front of it run
 * in the same machine, so their share of its cores is in all figures with a wire.
 */
public final class Pop3Floors {
  private static final List<String> ROUND_TRIPS = List.of("0", "20");

  private static final long PAUSE_NANOS = 5_000_000;

  private final MailFile mails;
  private final int rounds;
  private final int port;
  private final Path directory;
  private final Series drained = new Series("raw drain with delete");
  private final Series stored = new Series("our schema, no wire");
  private final Series durable = new Series("ours: durable and deleted");
  private final Series searchable = new Series("ours: searchable");

  private Pop3Floors(MailFile mails, int rounds, int port, Path directory) {
    this.mails = mails;
    this.rounds = rounds;
    this.port = port;
    this.directory = directory;
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    int average = args.length > 1 ? Integer.parseInt(args[1]) : 5400;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    Path directory = Files.createTempDirectory("floors");
    try (MailFile mails = MailFile.of(count, average);
        CannedPop3 server = CannedPop3.start(mails)) {
      System.out.printf(
          Locale.ROOT,
          "%d messages, %.1f MB, average %d bytes; -Xmx %d MB; %d rounds%n",
          count,
          mails.size() / 1e6,
          mails.size() / count,
          Runtime.getRuntime().maxMemory() >> 20,
          rounds);
      for (String argument :
          args.length > 3 ? List.of(args).subList(3, args.length) : ROUND_TRIPS) {
        int roundTrip = Integer.parseInt(argument);
        try (FaultProxy proxy = FaultProxy.to(server.port())) {
          proxy.roundTrip(Duration.ofMillis(roundTrip));
          int port = roundTrip == 0 ? server.port() : proxy.port();
          new Pop3Floors(mails, rounds, port, directory).run(roundTrip);
        }
      }
    } finally {
      Stores.remove(directory);
    }
  }

  private void run(int roundTrip) throws Exception {
    for (int round = 0; round < rounds; round++) {
      drained.time(() -> new Pop3Drain(port, "bench", "secret").messages(mails.count()));
      store();
      ours();
    }
    double floor = Math.max(drained.median(), stored.median());
    System.out.printf(
        Locale.ROOT,
        "RTT %d ms%n%s%n%s%n%s%n%s%n  ratio to the larger floor: durable %.2f, searchable %.2f;"
            + " peak heap %d MB%n",
        roundTrip,
        drained,
        stored,
        durable,
        searchable,
        durable.median() / floor,
        searchable.median() / floor,
        Heap.peakMebibytes());
  }

  private MailboxConfig.Builder config(Path store) {
    return MailboxConfig.at("pop3://localhost:" + port + "?tls=none")
        .login("bench", "secret")
        .keepIn(store);
  }

  private void store() throws Exception {
    Path store = directory.resolve("bare");
    long start = System.nanoTime();
    try (Mailbox mailbox = StoreMailbox.open(config(store).build(), new BareStore(mails))) {
      int downloaded = mailbox.sync().downloaded();
      stored.add(Series.secondsSince(start));
      check(mailbox, downloaded);
    }
    Stores.remove(store);
  }

  private void ours() throws Exception {
    Path store = directory.resolve("ours");
    MailboxConfig config = config(store).removal(Removal.afterDownload()).build();
    long start = System.nanoTime();
    try (Mailbox mailbox = Mailbox.open(config)) {
      SyncReport report = mailbox.sync();
      durable.add(Series.secondsSince(start));
      check(mailbox, report.deleted());
      while (mailbox.status().notIndexed() > 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      searchable.add(Series.secondsSince(start));
    }
    Stores.remove(store);
  }

  private void check(Mailbox mailbox, int done) {
    if (done != mails.count() || mailbox.inbox().counts().total() != mails.count()) {
      throw new IllegalStateException("only " + done + " messages");
    }
  }
}
