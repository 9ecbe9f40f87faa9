// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.MessageId;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.mail.MailFixtures;
import dev.mailbox.testkit.proxy.FaultProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The connection to a Dovecot is cut at many places; then nothing may be lost and nothing be there
 * twice, here or on the server.
 */
@Execution(ExecutionMode.CONCURRENT)
class CutTest {
  private static final int EACH_WAY = 30;

  private static DovecotServer server;
  @TempDir Path directory;

  @BeforeAll
  static void start() {
    server = DovecotServer.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aFirstSyncGoesOnWhereItWasCut() {
    TestAccount account = new TestAccount(server, "first");
    List<String> all = deliver(account, 30, "INBOX");
    all.addAll(deliver(account, 10, "Work"));
    try (FaultProxy proxy = FaultProxy.to(account.port())) {
      MailboxConfig.Builder config = allBodies(account, proxy);
      try (Mailbox mailbox = Mailbox.open(config.keepIn(store("whole")).build())) {
        mailbox.sync();
        assertThat(Copies.hashes(mailbox)).containsExactlyInAnyOrderElementsOf(all);
      }
      int cutShort = 0;
      for (Cuts cut : Cuts.spread(proxy, 1, EACH_WAY)) {
        config.keepIn(store(cut.toString()));
        cut.arm(proxy);
        cutShort += cutAndGoOn(config, proxy, cut, all) ? 1 : 0;
      }
      assertThat(cutShort).isGreaterThan(EACH_WAY);
    }
  }

  /** Whether the first sync failed. */
  private static boolean cutAndGoOn(
      MailboxConfig.Builder config, FaultProxy proxy, Cuts cut, List<String> all) {
    boolean failed;
    Map<MessageId, String> before;
    try (Mailbox mailbox = Mailbox.open(config.build())) {
      failed = fails(mailbox);
      before = Copies.ids(mailbox);
    }
    proxy.heal();
    try (Mailbox mailbox = Mailbox.open(config.build())) {
      SyncReport report = mailbox.sync();
      assertThat(report.problems()).as("%s", cut).isEmpty();
      assertThat(Copies.hashes(mailbox)).as("%s", cut).containsExactlyInAnyOrderElementsOf(all);
      assertThat(Copies.ids(mailbox)).as("%s", cut).containsAllEntriesOf(before);
    }
    return failed;
  }

  @Test
  void aRemovalLosesNothingWhereverItIsCut() {
    List<Cuts> cuts;
    TestAccount whole = new TestAccount(server, "removal");
    List<String> all = deliver(whole, 20, "INBOX");
    try (FaultProxy proxy = FaultProxy.to(whole.port())) {
      try (Mailbox mailbox = Mailbox.open(removing(whole, proxy).build())) {
        assertThat(mailbox.sync().deleted()).isEqualTo(all.size());
      }
      cuts = Cuts.spread(proxy, 1, EACH_WAY);
    }
    int cutShort = 0;
    for (Cuts cut : cuts) {
      cutShort += removeAndCut(cut) ? 1 : 0;
    }
    assertThat(cutShort).isGreaterThan(EACH_WAY);
  }

  private boolean removeAndCut(Cuts cut) {
    TestAccount account = new TestAccount(server, "removal-" + cut.direction() + cut.bytes());
    List<String> all = deliver(account, 20, "INBOX");
    try (FaultProxy proxy = FaultProxy.to(account.port())) {
      cut.arm(proxy);
      boolean failed;
      Map<MessageId, String> before;
      try (Mailbox mailbox = Mailbox.open(removing(account, proxy).build())) {
        failed = fails(mailbox);
        before = Copies.ids(mailbox);
        List<String> somewhere = new ArrayList<>(Copies.hashes(mailbox));
        account.inbox().messages().forEach(held -> somewhere.add(Seen.hash(held.raw())));
        assertThat(somewhere).as("%s", cut).containsAll(all);
      }
      try (Mailbox mailbox = Mailbox.open(removing(account, proxy).build())) {
        assertThat(mailbox.sync().problems()).as("%s", cut).isEmpty();
        assertThat(Copies.hashes(mailbox)).as("%s", cut).containsExactlyInAnyOrderElementsOf(all);
        assertThat(Copies.ids(mailbox).keySet()).as("%s", cut).containsAll(before.keySet());
        assertThat(mailbox.status().pendingRemovals()).as("%s", cut).isZero();
      }
      assertThat(account.inbox().count()).as("%s", cut).isZero();
      return failed;
    }
  }

  private static boolean fails(Mailbox mailbox) {
    try {
      mailbox.sync();
      return false;
    } catch (MailboxException e) {
      return true;
    }
  }

  private MailboxConfig.Builder allBodies(TestAccount account, FaultProxy proxy) {
    return account
        .config(proxy.port(), store(account.user()))
        .scope(SyncScope.everything().bodies(BodyPolicy.all()));
  }

  private MailboxConfig.Builder removing(TestAccount account, FaultProxy proxy) {
    return allBodies(account, proxy).removal(Removal.afterDownload());
  }

  private Path store(String name) {
    return directory.resolve(Integer.toHexString(name.hashCode()));
  }

  /** Delivers mails of many sizes, and gives their hashes. */
  private static List<String> deliver(TestAccount account, int count, String folder) {
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] raw =
          MailFixtures.mail("mail " + i)
              .text("line\n".repeat(1 + i * i))
              .attachment("a", i * 200)
              .build();
      account.folder(folder).deliver(raw);
      hashes.add(Seen.hash(raw));
    }
    return hashes;
  }
}
