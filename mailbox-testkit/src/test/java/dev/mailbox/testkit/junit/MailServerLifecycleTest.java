// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Profile;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.script.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is whose: servers and users under all the ways in which JUnit runs tests. */
class MailServerLifecycleTest {
  private static final Set<Object> SERVERS = ConcurrentHashMap.newKeySet();
  private static final Set<String> USERS = ConcurrentHashMap.newKeySet();
  private static final CyclicBarrier TOGETHER = new CyclicBarrier(3);

  @BeforeEach
  void forget() {
    SERVERS.clear();
    USERS.clear();
  }

  /** Logs in as a user that no test has had, and finds one mail of its own. */
  private static void use(FakeMailServer server, FakeAccount user) throws Exception {
    assertThat(USERS.add(user.name())).isTrue();
    user.inbox().deliver(mail("for " + user.name()));
    try (var client = Talk.to(server.pop3Url())) {
      client.readLine();
      client.ask("USER " + user.name());
      assertThat(client.ask("PASS " + user.password())).startsWith("+OK");
      assertThat(client.ask("STAT")).startsWith("+OK 1 ");
    }
  }

  @MailServerTest
  static class ForEach {
    private final FakeMailServer ofConstructor;
    private final List<FakeAccount> before = new ArrayList<>();

    ForEach(FakeMailServer server) {
      ofConstructor = server;
    }

    @BeforeEach
    void start(FakeMailServer server, FakeAccount user) {
      assertThat(server).isSameAs(ofConstructor);
      before.add(user);
    }

    @AfterEach
    void end(FakeAccount user, FakeAccount other, FakeMailServer server) {
      assertThat(user.name()).isEqualTo(before.get(0).name()).isNotEqualTo(other.name());
      assertThat(SERVERS.add(server)).isTrue();
    }

    @Test
    void plain(FakeAccount user, FakeMailServer server) throws Exception {
      assertThat(server).isSameAs(ofConstructor);
      use(server, user);
    }

    @RepeatedTest(3)
    void repeated(FakeMailServer server, FakeAccount user, FakeAccount other) throws Exception {
      use(server, user);
      use(server, other);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int round, FakeMailServer server, FakeAccount user) throws Exception {
      assertThat(round).isPositive();
      use(server, user);
    }

    @TestFactory
    Stream<DynamicTest> factory(FakeMailServer server, FakeAccount first, FakeAccount second) {
      return Stream.of(first, second)
          .map(user -> DynamicTest.dynamicTest(user.name(), () -> use(server, user)));
    }

    @Nested
    class Inside {
      @BeforeEach
      void startInside(FakeAccount user) {
        assertThat(user.name()).isEqualTo(before.get(0).name());
      }

      @Test
      void nested(FakeMailServer server, FakeAccount user) throws Exception {
        assertThat(server).isSameAs(ofConstructor);
        use(server, user);
      }
    }
  }

  @MailServerTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstance {
    private final FakeMailServer ofClass;
    private FakeAccount userOfClass;

    OneInstance(FakeMailServer server) {
      ofClass = server;
      SERVERS.add(server);
    }

    @BeforeAll
    void start(FakeMailServer server, FakeAccount user) throws Exception {
      assertThat(server).isSameAs(ofClass);
      userOfClass = user;
      use(server, user);
    }

    @RepeatedTest(4)
    void sharesTheServerAndHasItsOwnUser(
        FakeMailServer server, FakeAccount user, ScriptedServer scripted) throws Exception {
      assertThat(server).isSameAs(ofClass);
      assertThat(SERVERS.add(scripted)).isTrue();
      use(server, user);
    }

    @AfterAll
    void end(FakeMailServer server, FakeAccount user) {
      assertThat(server).isSameAs(ofClass);
      assertThat(user.name()).isEqualTo(userOfClass.name());
    }
  }

  @MailServerTest(Profile.GMAIL)
  static class OfAProvider {
    @Test
    void asTheClassSays(FakeAccount user) {
      assertThat(user.folders()).contains("[Gmail]/All Mail");
    }

    @Test
    @MailServerTest(Profile.MINIMAL)
    void asTheMethodSays(FakeAccount user) {
      assertThat(user.folders()).containsExactly("INBOX");
    }

    @Test
    @MailServerTest(value = Profile.OUTLOOK, clearTextLogins = true, passwordLogins = true)
    void withTheLoginsThatTheMethodAllows(FakeMailServer server, FakeAccount user)
        throws Exception {
      try (Talk client = Talk.to(server.imapUrl())) {
        assertThat(client.readLine()).startsWith("* OK");
        assertThat(client.ask("a LOGIN " + user.name() + " " + user.password())).startsWith("a OK");
      }
    }

    @Nested
    class Inside {
      @Test
      void asTheClassAroundSays(FakeAccount user) {
        assertThat(user.folders()).contains("[Gmail]/All Mail");
      }
    }
  }

  static class OnlyTheMethod {
    @Test
    @MailServerTest
    void hasAServer(FakeMailServer server, FakeAccount user) throws Exception {
      use(server, user);
    }
  }

  @MailServerTest
  static class AtTheSameTime {
    @RepeatedTest(3)
    void eachHasItsOwn(FakeMailServer server, FakeAccount user) throws Exception {
      assertThat(SERVERS.add(server)).isTrue();
      TOGETHER.await(10, TimeUnit.SECONDS);
      use(server, user);
      TOGETHER.await(10, TimeUnit.SECONDS);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @MailServerTest
  static class ManyMore {
    @TestFactory
    Stream<DynamicTest> users(FakeMailServer server, FakeAccount user) throws Exception {
      use(server, user);
      return IntStream.range(0, 8)
          .mapToObj(
              i ->
                  DynamicTest.dynamicTest(
                      "dynamic " + i, () -> use(server, server.user("dynamic" + i, "secret"))));
    }
  }

  @Test
  void everyTestHasItsOwnServerAndUsers() {
    SampleRun.of(ForEach.class).passed(9);
    assertThat(SERVERS).hasSize(8);
    assertThat(USERS).hasSize(12);
  }

  @Test
  void everyTestHasItsOwnServerAndUsersInParallel() {
    SampleRun.inParallel(ForEach.class, OneInstance.class, ManyMore.class).passed(21);
    assertThat(SERVERS).hasSize(13);
  }

  @Test
  void oneInstanceHasOneServerAndEachTestItsOwnUser() {
    SampleRun.of(OneInstance.class).passed(4);
    assertThat(USERS).hasSize(5);
  }

  @Test
  void nearestAnnotationSaysAsWhichProvider() {
    SampleRun.of(OfAProvider.class).passed(3);
  }

  @Test
  void methodAloneCanBeAnnotated() {
    SampleRun.of(OnlyTheMethod.class).passed(1);
  }

  @Test
  void testsReallyRunAtTheSameTime() {
    SampleRun.inParallel(AtTheSameTime.class).passed(3);
    assertThat(SERVERS).hasSize(3);
  }
}
