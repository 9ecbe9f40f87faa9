// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.InMemoryMailbox;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.mail.MailFixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Measures what a unit test costs that makes a mailbox in memory, delivers ten mails, synchronizes,
 * lists and closes, and how much of that a server in memory takes for the same. Takes no arguments;
 * prints one line for each.
 */
public final class InMemory {
  private static final int MAILS = 10;
  private static final int FEW = 50;
  private static final int MANY = 5000;
  private static final List<byte[]> RAW = mails();

  private InMemory() {}

  /** Measures. */
  public static void main(String[] args) {
    double bare = median("create and close", MANY, InMemory::bare);
    double listed = median("create, deliver 10, sync, list, close", MANY, InMemory::listed);
    double read = median("the same, and read all", MANY, InMemory::read);
    double server = median("the same with a server in memory over IMAP", FEW, InMemory::server);
    System.out.printf(
        Locale.ROOT,
        "a mail read: %.1f us; a server takes %.0f times as long%n",
        (read - bare) / MAILS,
        server / listed);
  }

  private static List<byte[]> mails() {
    List<byte[]> mails = new ArrayList<>();
    for (int i = 0; i < MAILS; i++) {
      mails.add(MailFixtures.mail("message " + i).text("some text\n").build());
    }
    return mails;
  }

  private static double median(String what, int rounds, LongSupplier work) {
    long sum = 0;
    var nanos = new long[rounds];
    for (int round = -rounds; round < rounds; round++) {
      long start = System.nanoTime();
      sum += work.getAsLong();
      nanos[Math.max(0, round)] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    double micros = nanos[rounds / 2] / 1e3;
    System.out.printf(
        Locale.ROOT,
        "%s: median %.1f us, 99%% %.1f us (%d)%n",
        what,
        micros,
        nanos[rounds * 99 / 100] / 1e3,
        sum);
    return micros;
  }

  private static long bare() {
    try (var mailbox = InMemoryMailbox.imap()) {
      return mailbox.inbox().counts().total();
    }
  }

  private static long listed() {
    try (var mailbox = InMemoryMailbox.imap()) {
      return list(mailbox, mailbox.server().inbox());
    }
  }

  private static long read() {
    try (var mailbox = InMemoryMailbox.imap()) {
      long sum = list(mailbox, mailbox.server().inbox());
      for (Message message : mailbox.inbox().newest(MAILS)) {
        sum += message.content().text().length();
      }
      return sum;
    }
  }

  private static long server() {
    try (var server = FakeMailServer.start()) {
      ServerFolder inbox = server.user("alice", "secret").inbox();
      MailboxConfig config =
          MailboxConfig.at(server.imapsUrl())
              .login("alice", "secret")
              .trust(server.certificates().clientContext())
              .build();
      try (Mailbox mailbox = Mailbox.open(config)) {
        return list(mailbox, inbox);
      }
    }
  }

  private static long list(Mailbox mailbox, ServerFolder inbox) {
    RAW.forEach(inbox::deliver);
    long sum = mailbox.sync().headersOnly();
    for (Message message : mailbox.inbox().newest(MAILS)) {
      sum += message.envelope().subject().length();
    }
    return sum;
  }
}
