// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MessageId;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.mail.MailFixtures;
import dev.mailbox.testkit.proxy.Direction;
import dev.mailbox.testkit.proxy.FaultProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A process that takes mail from a Dovecot is killed at many moments. At each, every message is on
 * the server or durable here; the next sync ends with all of them here, once, and none there.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
  private static final int MESSAGES = 110;
  private static final int KILLS = 14;
  private static final int EVENTS = 6;

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

  /** An account, and what is in it. */
  private record Mail(TestAccount account, List<String> hashes) {}

  @Test
  void aKilledSyncLosesNothingAndDoublesNothing() {
    long[] all = new long[2];
    attack(
        "whole",
        0,
        (proxy, child) -> {
          assertThat(child.waitFor()).last().asString().startsWith("done " + MESSAGES + " ");
          all[0] = proxy.bytes(Direction.TO_CLIENT);
          all[1] = proxy.bytes(Direction.TO_SERVER);
        });
    int died = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      boolean down = kill % 2 == 0;
      Direction direction = down ? Direction.TO_CLIENT : Direction.TO_SERVER;
      long bytes = all[down ? 0 : 1] * kill / (KILLS + 1);
      List<String> said = new ArrayList<>();
      attack(
          "killed-" + kill,
          0,
          (proxy, child) -> {
            child.await(() -> proxy.bytes(direction) >= bytes);
            said.addAll(child.kill());
          });
      died += said.stream().noneMatch(line -> line.startsWith("done")) ? 1 : 0;
    }
    assertThat(died).isGreaterThan(KILLS / 2);
  }

  @Test
  void aSyncThatHaltsAtAnEventLosesNothingAndDoublesNothing() {
    for (int event = 1; event <= EVENTS; event++) {
      List<String> said = new ArrayList<>();
      attack("halted-" + event, event, (proxy, child) -> said.addAll(child.waitFor()));
      if (event < 3) {
        assertThat(said).containsExactly("open");
      }
    }
  }

  /** What is done to the child. */
  private interface Attack {
    void on(FaultProxy proxy, ChildProcess child);
  }

  private void attack(String user, int event, Attack attack) {
    Mail mail = deliver(user);
    TestAccount account = mail.account();
    Path store = directory.resolve(user);
    try (FaultProxy proxy = FaultProxy.to(account.port());
        ChildProcess child =
            ChildProcess.start(
                SyncingProgram.class,
                account.user(),
                String.valueOf(proxy.port()),
                store.toString(),
                String.valueOf(event))) {
      attack.on(proxy, child);
    }
    look(MailboxConfig.offline(store).build(), mailbox -> assertNothingIsLost(mail, mailbox));
    MailboxConfig again =
        account
            .config(store)
            .scope(SyncScope.everything().bodies(BodyPolicy.all()))
            .removal(Removal.afterDownload())
            .build();
    look(again, mailbox -> assertAllIsHereOnce(mail, mailbox));
  }

  private static void look(MailboxConfig config, Consumer<Mailbox> look) {
    try (Mailbox mailbox = Mailbox.open(config)) {
      look.accept(mailbox);
    }
  }

  private static void assertNothingIsLost(Mail mail, Mailbox mailbox) {
    List<String> somewhere = new ArrayList<>(Copies.hashes(mailbox));
    assertThat(somewhere).doesNotHaveDuplicates();
    mail.account().inbox().messages().forEach(held -> somewhere.add(Seen.hash(held.raw())));
    assertThat(somewhere).containsAll(mail.hashes());
  }

  private static void assertAllIsHereOnce(Mail mail, Mailbox mailbox) {
    Set<MessageId> before = Copies.ids(mailbox).keySet();
    assertThat(mailbox.sync().problems()).isEmpty();
    assertThat(Copies.hashes(mailbox)).containsExactlyInAnyOrderElementsOf(mail.hashes());
    assertThat(Copies.ids(mailbox).keySet()).containsAll(before);
    assertThat(mailbox.status().pendingRemovals()).isZero();
    assertThat(mailbox.verify().problems()).isEmpty();
    assertThat(mail.account().inbox().count()).isZero();
  }

  /** More than one batch of removals holds. */
  private static Mail deliver(String user) {
    TestAccount account = new TestAccount(server, user);
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      byte[] raw =
          MailFixtures.mail("mail " + i).attachment("a", i % 10 == 0 ? 60_000 : i * 10).build();
      account.inbox().deliver(raw);
      hashes.add(Seen.hash(raw));
    }
    return new Mail(account, hashes);
  }
}
