// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static dev.mailbox.testkit.script.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class MailServerExtensionTest {
  private static final Set<Object> SEEN = ConcurrentHashMap.newKeySet();
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  @MailServerTest
  static class Good {
    private FaultProxy proxy = FaultProxy.to(1);

    @BeforeEach
    void open(FakeMailServer server) {
      proxy.close();
      proxy = FaultProxy.to(URI.create(server.pop3Url()).getPort());
    }

    @AfterEach
    void close() {
      proxy.close();
    }

    @Test
    void sharesTheServerWithBeforeEach(FakeMailServer server, TestCertificates certificates)
        throws Exception {
      server.user("alice", "secret").inbox().deliver(mail("hello"));
      try (var client = Talk.pop3(proxy.url("pop3"))) {
        assertThat(client.ask("STAT")).startsWith("+OK 1 ");
      }
      assertThat(certificates).isSameAs(server.certificates());
      assertThat(SEEN.add(server)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void hasServersOfItsOwnEachTime(int round, FakeMailServer server, ScriptedServer scripted) {
      assertThat(SEEN.add(server)).isTrue();
      assertThat(SEEN.add(scripted)).isTrue();
      assertThat(round).isPositive();
    }

    @Test
    void canAskForDovecot(DovecotServer server) {
      assertThat(server.pop3Url()).startsWith("pop3://localhost:");
    }
  }

  @MailServerTest
  static class LeaksAThread {
    @Test
    void leaves() {
      var thread = new Thread(MailServerExtensionTest::waitForever, "forgotten");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @MailServerTest
  static class LeaksAServer {
    @Test
    void leaves() {
      SEEN.add(ScriptedServer.start());
    }
  }

  @MailServerTest
  static class LeavesAScript {
    @Test
    void nobodyComes(ScriptedServer server) {
      server.next(script().sendLine("+OK"));
    }
  }

  @MailServerTest
  static class LeavesAnOverride {
    @Test
    void nobodyComes(FakeMailServer server) {
      server.imap().on("NOOP").no("not now");
    }
  }

  @MailServerTest
  static class Fails {
    @Test
    void byItself(ScriptedServer server) throws Exception {
      server.next(script().expect("NOOP").sendLine("+OK"));
      try (var client = Talk.to(server.port())) {
        assertThat(client.ask("NOOP")).isEqualTo("-ERR");
      }
    }
  }

  @Test
  void injectsServersAndClosesThem() {
    int before = SEEN.size();
    run(Good.class, false).assertStatistics(s -> s.started(4).failed(0).aborted(0));
    assertThat(SEEN).hasSize(before + 5);
  }

  @Test
  void worksWhenTestsRunInParallel() {
    run(Good.class, true).assertStatistics(s -> s.started(4).failed(0).aborted(0));
  }

  @Test
  void threadThatIsLeftFailsTheTestByName() {
    run(LeaksAThread.class, true).assertThatEvents().haveExactly(1, failure("thread forgotten"));
  }

  @Test
  void serverThatIsLeftFailsTheTestByName() {
    run(LeaksAServer.class, false).assertThatEvents().haveExactly(1, failure("server scripted-"));
    SEEN.stream()
        .filter(ScriptedServer.class::isInstance)
        .forEach(server -> ((ScriptedServer) server).close());
  }

  @Test
  void scriptThatDidNotCompleteFailsTheTest() {
    run(LeavesAScript.class, false).assertThatEvents().haveExactly(1, failure("in vain"));
  }

  @Test
  void overrideThatWasNotUsedFailsTheTest() {
    run(LeavesAnOverride.class, false).assertThatEvents().haveExactly(1, failure("never used"));
  }

  @Test
  void failureOfTheTestItselfIsKeptAndShowsWhatClientsSaid() {
    run(Fails.class, false)
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test(),
                finishedWithFailure(
                    message(m -> m.contains("-ERR")),
                    suppressed(0, message(m -> m.contains("\n[1] C: NOOP\n[1] S: +OK"))))));
  }

  private static Condition<Event> failure(String text) {
    return event(test(), finishedWithFailure(message(m -> m.contains(text))));
  }

  private static Events run(Class<?> tests, boolean parallel) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .configurationParameter(
            "junit.jupiter.execution.parallel.enabled", String.valueOf(parallel))
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .execute()
        .testEvents();
  }

  private static void waitForever() {
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
