// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Talk;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a failure shows, and what is one. */
class MailServerFailureTest {

  private static void login(FakeMailServer server, FakeAccount user) throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      client.readLine();
      client.run("a", "LOGIN " + user.name() + " " + user.password());
      client.run("b", "NOOP");
    }
  }

  @MailServerTest
  static class FailsItself {
    @Test
    void fails(FakeMailServer server, FakeAccount user) throws IOException {
      server.imap().on("EXPUNGE").no("never asked for");
      login(server, user);
      throw new IllegalArgumentException("its own");
    }
  }

  @MailServerTest
  static class FailsBehind {
    @Test
    void passes(FakeMailServer server, FakeAccount user) throws IOException {
      login(server, user);
    }

    @AfterEach
    void fails() {
      throw new IllegalArgumentException("its own");
    }
  }

  @MailServerTest
  static class LeavesARule {
    @Test
    void passes(FakeMailServer server, FakeAccount user) throws IOException {
      server.imap().on("EXPUNGE").no("never asked for");
      login(server, user);
    }
  }

  @MailServerTest
  static class LeavesARuleOfPop3 {
    @Test
    void passes(FakeMailServer server, FakeAccount user) throws IOException {
      server.pop3().on("RETR").once().reply("-ERR no");
      try (var client = Talk.to(server.pop3Url())) {
        client.login(user.name(), user.password()).ask("STAT");
      }
    }
  }

  @MailServerTest
  static class BreaksTheProtocol {
    @Test
    void passes(FakeMailServer server) throws IOException {
      try (var client = Talk.to(server.imapUrl())) {
        client.readLine();
        client.run("a", "FETCH (");
      }
    }
  }

  @MailServerTest
  static class IsAborted {
    @Test
    void skips(FakeMailServer server) {
      server.imap().on("EXPUNGE").no("never asked for");
      assumeTrue(false, "not today");
    }
  }

  @MailServerTest
  static class FailsInOneOfMany {
    @TestFactory
    Stream<DynamicTest> tests(FakeMailServer server, FakeAccount user) {
      server.imap().on("EXPUNGE").no("never asked for");
      return Stream.of(
          DynamicTest.dynamicTest("good", () -> login(server, user)),
          DynamicTest.dynamicTest(
              "bad",
              () -> {
                throw new IllegalArgumentException("its own");
              }));
    }
  }

  @MailServerTest
  static class SharesAServer {
    @BeforeAll
    static void start(FakeMailServer server) {
      server.imap().on("EXPUNGE").no("never asked for");
    }

    @Test
    void passes(FakeMailServer server, FakeAccount user) throws IOException {
      login(server, user);
    }
  }

  @MailServerTest
  static class SharesAServerAndFails {
    @BeforeAll
    static void start(FakeMailServer server) {
      server.imap().on("EXPUNGE").no("never asked for");
    }

    @Test
    void fails(FakeMailServer server, FakeAccount user) throws IOException {
      login(server, user);
      throw new IllegalArgumentException("its own");
    }
  }

  private static void showsTheTalk(Throwable failure) {
    assertThat(SampleRun.suppressed(failure)).hasSize(1);
    assertThat(SampleRun.suppressed(failure).get(0))
        .startsWith("Transcript of FakeMailServer:\nIMAP:\n[1] -- connected\n[1] S: * OK")
        .contains("\n[1] C: a LOGIN ***\n[1] S: a OK")
        .contains("\n[1] C: b NOOP\n")
        .doesNotContain("password");
  }

  @Test
  void failureShowsTheTalkAndNotThatARuleWasNotUsed() {
    var failure = SampleRun.of(FailsItself.class).failure();
    assertThat(failure).isExactlyInstanceOf(IllegalArgumentException.class);
    showsTheTalk(failure);
  }

  @Test
  void failureBehindTheTestShowsTheTalkToo() {
    var failure = SampleRun.of(FailsBehind.class).failure();
    assertThat(failure).isExactlyInstanceOf(IllegalArgumentException.class);
    showsTheTalk(failure);
  }

  @Test
  void ruleThatWasNotUsedFailsTheTestAndShowsTheTalk() {
    var failure = SampleRun.of(LeavesARule.class).failure();
    assertThat(failure).hasMessageStartingWith("never used: [").hasMessageContaining("EXPUNGE");
    assertThat(failure).hasMessageNotContaining("password");
    showsTheTalk(failure);
  }

  @Test
  void ruleOfPop3ThatWasNotUsedFailsTheTest() {
    var failure = SampleRun.of(LeavesARuleOfPop3.class).failure();
    assertThat(failure)
        .hasMessageStartingWith("never used: [")
        .hasMessageContaining("C: USER user")
        .hasMessageContaining("C: PASS ***");
  }

  @Test
  void clientThatBreaksTheProtocolFailsTheTest() {
    assertThat(SampleRun.of(BreaksTheProtocol.class).failure())
        .hasMessageStartingWith("clients broke the protocol: ");
  }

  @Test
  void abortedTestStaysAborted() {
    var run = SampleRun.of(IsAborted.class);
    assertThat(run.failure()).hasMessageContaining("not today");
    assertThat(run.aborted()).isEqualTo(1);
  }

  @Test
  void dynamicTestShowsTheTalkAndItsFactoryIsNotToBlame() {
    var failures = SampleRun.of(FailsInOneOfMany.class).failures();
    assertThat(failures).containsOnlyKeys("bad");
    showsTheTalk(failures.get("bad"));
  }

  @Test
  void serverOfAClassIsVerifiedAtItsEnd() {
    var failures = SampleRun.of(SharesAServer.class).failures();
    assertThat(failures).containsOnlyKeys("MailServerFailureTest$SharesAServer");
    showsTheTalk(failures.values().iterator().next());
  }

  @Test
  void serverOfAClassIsShownAndNotVerifiedWhereATestFailed() {
    var failures = SampleRun.of(SharesAServerAndFails.class).failures();
    assertThat(failures.keySet()).singleElement().asString().startsWith("fails(");
    showsTheTalk(failures.values().iterator().next());
  }
}
