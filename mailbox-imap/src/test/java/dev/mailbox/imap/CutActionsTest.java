// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.mail.MailFixtures;
import dev.mailbox.testkit.proxy.Closing;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.proxy.ProxyFault;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What was done offline goes to a Dovecot, and the connection is cut on the way. Whatever the
 * server has done of it when its answers are lost, it is done once in the end.
 */
@Execution(ExecutionMode.CONCURRENT)
class CutActionsTest {
  private static final int EACH_WAY = 30;
  private static final FolderPath TARGET = FolderPath.of("Target");
  private static final FolderPath OLD = FolderPath.of("Old");
  private static final FolderPath NEW = FolderPath.of("New");

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

  /** What came of a run. */
  private record Outcome(
      Map<String, List<String>> state, Map<String, String> places, int failures) {}

  @Test
  void eachActionIsDoneOnceWhereverItIsCut() {
    Outcome whole;
    List<Cuts> cuts;
    TestAccount account = new TestAccount(server, "whole");
    try (FaultProxy proxy = FaultProxy.to(account.port())) {
      whole = new Run(account, proxy).run(() -> {});
      assertThat(whole.failures()).isZero();
      assertThat(whole.state().get("Target")).hasSize(2);
      assertThat(whole.state().get("INBOX")).hasSize(5);
      assertThat(whole.state()).containsKeys("New", "Made").doesNotContainKey("Old");
      cuts = Cuts.spread(proxy, 2, EACH_WAY);
    }
    int failures = 0;
    for (Cuts cut : cuts) {
      Outcome outcome = run(cut);
      assertThat(outcome.state()).as("%s", cut).isEqualTo(whole.state());
      assertThat(outcome.places()).as("%s", cut).isEqualTo(whole.places());
      failures += outcome.failures() > 0 ? 1 : 0;
    }
    assertThat(failures).isGreaterThan(EACH_WAY);
  }

  private Outcome run(Cuts cut) {
    TestAccount account = new TestAccount(server, "cut-" + cut.direction() + cut.bytes());
    try (FaultProxy proxy = FaultProxy.to(account.port())) {
      return new Run(account, proxy).run(() -> cut.arm(proxy));
    }
  }

  /** One account's way through it. */
  private final class Run {
    private final TestAccount account;
    private final FaultProxy proxy;
    private final Path store;
    private final Map<String, MessageId> ids = new HashMap<>();

    Run(TestAccount account, FaultProxy proxy) {
      this.account = account;
      this.proxy = proxy;
      this.store = directory.resolve(account.user());
    }

    Outcome run(Runnable arm) {
      // Two messages of the same bytes are there, of which one is moved.
      for (String subject : List.of("mark", "move", "move", "copy", "delete", "stay")) {
        account.inbox().deliver(mail(subject));
      }
      account.folder("Old").deliver(mail("within"));
      account.folder("Target");
      try (Mailbox mailbox = Mailbox.open(config(proxy.port()))) {
        mailbox.sync();
        Copies.messages(mailbox).forEach(m -> ids.put(key(m, ids.keySet()), m.id()));
      }
      actOffline();
      arm.run();
      int failures = 0;
      try (Mailbox mailbox = Mailbox.open(config(proxy.port()))) {
        while (!isFlushed(mailbox)) {
          failures++;
          assertThat(failures).isLessThan(5);
        }
        assertThat(mailbox.status().queuedActions()).isZero();
        assertThat(mailbox.failedActions()).isEmpty();
      }
      proxy.heal();
      try (Mailbox mailbox = Mailbox.open(config(proxy.port()))) {
        mailbox.sync();
        return new Outcome(agreedState(mailbox), places(mailbox), failures);
      }
    }

    private Map<String, List<String>> agreedState(Mailbox mailbox) {
      try (AngusClient angus = account.angus()) {
        Map<String, List<String>> state = Copies.state(angus);
        assertThat(Copies.state(mailbox)).isEqualTo(state);
        return state;
      }
    }

    private Map<String, String> places(Mailbox mailbox) {
      Map<String, String> places = new HashMap<>();
      ids.forEach(
          (key, id) ->
              places.put(key, mailbox.find(id).map(m -> m.folder().toString()).orElse("nowhere")));
      return places;
    }

    private static boolean isFlushed(Mailbox mailbox) {
      try {
        return mailbox.flush(Duration.ofSeconds(20));
      } catch (MailboxException e) {
        return false;
      }
    }

    private void actOffline() {
      try (FaultProxy closed = FaultProxy.to(account.port())) {
        closed.every(ProxyFault.refuse(Closing.RESET));
        try (Mailbox mailbox = Mailbox.open(config(closed.port()))) {
          act(mailbox);
        }
      }
    }

    private void act(Mailbox mailbox) {
      message(mailbox, "mark").mark(Flag.SEEN, Flag.keyword("Done"));
      message(mailbox, "move").moveTo(TARGET);
      message(mailbox, "copy").copyTo(TARGET);
      Folder inbox = mailbox.inbox();
      ids.put(
          "append",
          inbox
              .append(
                  new ByteArrayInputStream(mail("append")),
                  Instant.parse("2026-01-05T10:00:00Z"),
                  Set.of(Flag.DRAFT))
              .id());
      message(mailbox, "delete").delete();
      mailbox.createFolder(FolderPath.of("Made"));
      mailbox.folder(OLD).orElseThrow().rename(NEW);
    }

    private Message message(Mailbox mailbox, String key) {
      return mailbox.find(ids.get(key)).orElseThrow();
    }

    private MailboxConfig config(int port) {
      return account
          .config(port, store)
          .scope(SyncScope.everything().bodies(BodyPolicy.all()))
          .actions(ActionMode.QUEUE_FIRST)
          .build();
    }
  }

  private static String key(Message message, Set<String> taken) {
    String subject = message.envelope().subject();
    return taken.contains(subject) ? subject + " too" : subject;
  }

  private static byte[] mail(String subject) {
    return MailFixtures.mail(subject)
        .messageId("<" + subject + "@example.org>")
        .text(subject.repeat(20))
        .build();
  }
}
