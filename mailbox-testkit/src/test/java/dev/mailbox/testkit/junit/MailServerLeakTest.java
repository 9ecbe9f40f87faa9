// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Whose fault a leak is, also where tests run beside each other. */
class MailServerLeakTest {
  private static final Queue<AutoCloseable> LEFT = new ConcurrentLinkedQueue<>();
  private static final CyclicBarrier TOGETHER = new CyclicBarrier(2);
  private static volatile CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void cleanUp() throws Exception {
    end.countDown();
    end = new CountDownLatch(1);
    for (AutoCloseable each : LEFT) {
      each.close();
    }
    LEFT.clear();
  }

  private static void leaveThread(String name) {
    CountDownLatch until = end;
    var thread =
        new Thread(
            () -> {
              try {
                until.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @MailServerTest
  static class BesideEachOther {
    @Test
    void leaks() throws Exception {
      leaveThread("forgotten");
      TOGETHER.await(10, TimeUnit.SECONDS);
      TOGETHER.await(20, TimeUnit.SECONDS);
    }

    @Test
    void doesNot() throws Exception {
      TOGETHER.await(10, TimeUnit.SECONDS);
      assertThat(Thread.getAllStackTraces().keySet())
          .anyMatch(thread -> thread.getName().equals("forgotten"));
      TOGETHER.await(20, TimeUnit.SECONDS);
    }
  }

  @MailServerTest
  static class LeavesAConnection {
    @Test
    void opens(FakeMailServer server) throws IOException {
      var client = Talk.to(server.imapUrl());
      LEFT.add(client);
      assertThat(client.readLine()).startsWith("* OK");
    }
  }

  @MailServerTest
  static class FailsAndLeaves {
    @Test
    void opens() {
      leaveThread("forgotten");
      throw new IllegalArgumentException("its own");
    }
  }

  @MailServerTest
  static class LeavesWhatAFieldStarted {
    private final ScriptedServer server = ScriptedServer.start();

    @Test
    void leaks() {
      LEFT.add(server);
    }
  }

  @MailServerTest
  static class ClosesWhatTheClassStarted {
    private static final ScriptedServer SERVER = ScriptedServer.start();
    private static final ExecutorService POOL = Executors.newSingleThreadExecutor();

    @Test
    void uses() throws Exception {
      assertThat(POOL.submit(SERVER::port).get()).isPositive();
    }

    @AfterAll
    static void close() {
      POOL.shutdownNow();
      SERVER.close();
    }
  }

  @MailServerTest
  static class ClassLeaves {
    @BeforeAll
    static void open() {
      LEFT.add(ScriptedServer.start());
    }

    @Test
    void passes() {}
  }

  @MailServerTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstanceLeaves {
    private final ScriptedServer server = ScriptedServer.start();

    @Test
    void passes() {
      LEFT.add(server);
    }
  }

  @MailServerTest
  static class DynamicTestLeaves {
    @TestFactory
    Stream<DynamicTest> tests() {
      return Stream.of(DynamicTest.dynamicTest("leaves", () -> leaveThread("forgotten")));
    }
  }

  @Test
  void leakIsTheFaultOfTheTestThatLeaks() {
    var failures = SampleRun.inParallel(BesideEachOther.class).failures();
    assertThat(failures).containsOnlyKeys("leaks()");
    assertThat(failures.get("leaks()")).hasMessageContaining("thread forgotten");
  }

  @Test
  void connectionThatIsLeftFailsTheTest() {
    var failure = SampleRun.of(LeavesAConnection.class).failure();
    assertThat(failure).hasMessageEndingWith("1 connections to FakeMailServer");
    assertThat(SampleRun.suppressed(failure).get(0)).contains("[1] -- connected");
  }

  @Test
  void leakStandsBehindTheFailure() {
    var failure = SampleRun.of(FailsAndLeaves.class).failure();
    assertThat(failure).hasMessage("its own");
    assertThat(SampleRun.suppressed(failure)).singleElement().asString().contains("forgotten");
  }

  @Test
  void whatAFieldStartsBelongsToTheTest() {
    var failures = SampleRun.of(LeavesWhatAFieldStarted.class).failures();
    assertThat(failures).containsOnlyKeys("leaks()");
  }

  @Test
  void whatAClassStartsMayLiveAsLongAsTheClass() {
    SampleRun.inParallel(ClosesWhatTheClassStarted.class).passed(1);
  }

  @Test
  void whatAClassLeavesIsItsOwnFault() {
    var failures = SampleRun.of(ClassLeaves.class, OneInstanceLeaves.class).failures();
    assertThat(failures)
        .containsOnlyKeys("MailServerLeakTest$ClassLeaves", "MailServerLeakTest$OneInstanceLeaves");
    assertThat(failures.values()).allMatch(f -> f.getMessage().contains("server scripted-"));
  }

  @Test
  void whatADynamicTestLeavesIsTheFaultOfItsFactory() {
    var failures = SampleRun.of(DynamicTestLeaves.class).failures();
    assertThat(failures).containsOnlyKeys("tests()");
  }
}
