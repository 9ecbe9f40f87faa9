// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.fault.Fault.Part;
import dev.mailbox.testkit.fault.Fault.Treatment;
import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a fault happens: by count, by user, by folder, by name, and by chance. */
class FaultRuleTest {
  private static final byte[] MAIL = "Subject: x\r\n\r\nbody\r\n".getBytes(US_ASCII);
  private static final int ROUNDS = 60;

  @AutoClose private final FakeMailServer server = FakeMailServer.start().seed(1);

  @BeforeEach
  void deliver() {
    for (String user : List.of("alice", "bob")) {
      String unused = server.user(user, "secret").inbox().deliver(MAIL);
      unused = server.user(user, "secret").folder("Archive").deliver(MAIL);
    }
  }

  @Test
  void conditionsHoldTogetherAndOthersAreNotCounted() throws IOException {
    FakeImap unused =
        server.imap().on("UID FETCH").user("bob").folder("Archive").nth(2).no("the one");
    for (String user : List.of("alice", "bob")) {
      try (var client = Talk.imap(server.imapUrl(), user)) {
        for (String folder : List.of("INBOX", "Archive")) {
          var unusedLines = client.run("s", "SELECT " + folder);
          for (int i = 1; i <= 3; i++) {
            boolean meant = user.equals("bob") && folder.equals("Archive") && i == 2;
            assertThat(client.run("f", "UID FETCH 1 (FLAGS)").contains("f NO the one"))
                .isEqualTo(meant);
          }
        }
      }
    }
    server.verify();
  }

  @Test
  void laterRulesWinAndHealForgetsAll() throws IOException {
    FakePop3 unused =
        server.pop3().on("NOOP").reply("-ERR always").on("NOOP").nth(2).reply("-ERR 2");
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("NOOP")).isEqualTo("-ERR always");
      assertThat(client.ask("NOOP")).isEqualTo("-ERR 2");
      assertThat(client.ask("NOOP")).isEqualTo("-ERR always");
      unused = server.pop3().heal();
      assertThat(client.ask("NOOP")).isEqualTo("+OK");
    }
  }

  @Test
  void ruleThatLosesEachTimeIsNotUsed() throws IOException {
    FakePop3 unused = server.pop3().on("NOOP").reply("-ERR 1").on("NOOP").reply("-ERR 2");
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("NOOP")).isEqualTo("-ERR 2");
    }
    assertThatThrownBy(server.pop3()::verify).hasMessageContaining("never used: [override of NOOP");
  }

  @Test
  void laterRuleWinsAtLiteralsToo() throws IOException {
    FakeImap unused = server.imap().on("APPEND").refuseLiteral("NO 1");
    unused = server.imap().on("APPEND").once().refuseLiteral("NO 2");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "APPEND INBOX {3}")).containsExactly("a NO 2");
      assertThatThrownBy(server.imap()::verify).hasMessageContaining("never used");
      assertThat(client.run("b", "APPEND INBOX {3}")).containsExactly("b NO 1");
    }
    server.imap().verify();
  }

  @Test
  void firstCommandsAreHitAsOftenAsOthersOverManySeeds() throws IOException {
    int seeds = 400;
    Map<String, Integer> hits = new TreeMap<>();
    try (var client = Talk.imap(server.imapUrl())) {
      for (int seed = 0; seed < seeds; seed++) {
        FakeImap unused = server.imap().heal();
        for (String name : List.of("NOOP", "CHECK", "CAPABILITY")) {
          unused = server.imap().on(name).sometimes(0.1, seed).no("met");
        }
        String met = "";
        var unusedLines = client.run("s", "SELECT INBOX");
        for (String name : List.of("NOOP", "CHECK", "CAPABILITY")) {
          if (client.run("a", name).contains("a NO met")) {
            met += name;
            hits.merge(name, 1, Integer::sum);
          }
        }
        hits.merge(met.equals("NOOPCHECKCAPABILITY") ? "all" : "not all", 1, Integer::sum);
      }
    }
    for (String name : List.of("NOOP", "CHECK", "CAPABILITY")) {
      assertThat(hits.get(name)).isBetween(seeds / 20, seeds / 5);
    }
    assertThat(hits.getOrDefault("all", 0)).isLessThan(seeds / 50);
  }

  @Test
  void whenAndWhichAreDrawnApart() throws IOException {
    List<Fault> faults =
        List.of(
            new Fault.Instead("{tag} NO one\r\n", false, Ending.NONE),
            new Fault.Instead("{tag} NO two\r\n", false, Ending.NONE));
    Map<String, Integer> said = new TreeMap<>();
    try (var client = Talk.imap(server.imapUrl())) {
      for (int seed = 0; seed < 200; seed++) {
        FakeImap unused =
            server.imap().heal().on("NOOP").sometimes(0.5, seed).meetOneOf(faults, seed);
        client.run("a", "NOOP").forEach(line -> said.merge(line, 1, Integer::sum));
      }
    }
    assertThat(said.get("a NO one")).isBetween(25, 75);
    assertThat(said.get("a NO two")).isBetween(25, 75);
  }

  @Test
  void userIsWhoAsksToBeLetIn() throws IOException {
    FakeImap unused = server.imap().on("LOGIN").user("alice").once().no("not her");
    unused = server.imap().on("AUTHENTICATE").user("alice").once().no("nor so");
    FakePop3 unusedPop3 = server.pop3().on("USER").user("alice").once().reply("-ERR user");
    unusedPop3 = server.pop3().on("PASS").user("alice").once().reply("-ERR pass");
    unusedPop3 = server.pop3().on("APOP").user("alice").once().reply("-ERR apop");
    unusedPop3 = server.pop3().on("AUTH").user("alice").once().reply("-ERR auth");
    String alice = plain("alice");
    try (var client = Talk.to(server.imapUrl())) {
      String unusedGreeting = client.readLine();
      assertThat(client.run("a", "LOGIN bob wrong")).last().asString().startsWith("a NO [AUTH");
      assertThat(client.run("b", "LOGIN alice secret")).containsExactly("b NO not her");
      assertThat(client.run("c", "AUTHENTICATE PLAIN " + alice)).containsExactly("c NO nor so");
    }
    try (var client = Talk.to(server.pop3Url())) {
      String unusedGreeting = client.readLine();
      assertThat(client.ask("AUTH PLAIN " + alice)).isEqualTo("-ERR auth");
      assertThat(client.ask("APOP alice 0")).isEqualTo("-ERR apop");
      assertThat(client.ask("USER bob")).startsWith("+OK");
      assertThat(client.ask("PASS wrong")).startsWith("-ERR [AUTH]");
      assertThat(client.ask("USER alice")).isEqualTo("-ERR user");
      assertThat(client.ask("USER alice")).startsWith("+OK");
      assertThat(client.ask("PASS secret")).isEqualTo("-ERR pass");
    }
    server.verify();
  }

  private static String plain(String user) {
    return Base64.getEncoder().encodeToString(("\0" + user + "\0secret").getBytes(US_ASCII));
  }

  @Test
  void whatCanNeverHappenIsRefusedAtOnce() {
    for (double share : new double[] {-0.1, 7, Double.NaN}) {
      assertThatThrownBy(() -> server.imap().on("NOOP").sometimes(share, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int number : new int[] {0, -1}) {
      assertThatThrownBy(() -> server.imap().on("NOOP").nth(number))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> server.pop3().on("NOOP").first(number))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void namedFaultIsForEachOfItsCommands() throws IOException {
    NamedFault fault = named("fetch-no");
    assertThat(fault.commands()).containsExactly("FETCH", "UID FETCH");
    FakeImap unused = server.imap().on(fault).first(2).meet(fault.fault());
    try (var client = Talk.imap(server.imapUrl())) {
      var unusedLines = client.run("s", "SELECT INBOX");
      assertThat(client.run("a", "FETCH 1 FLAGS")).last().asString().startsWith("a NO");
      assertThat(client.run("b", "UID FETCH 1 FLAGS")).last().asString().startsWith("b NO");
      assertThat(client.run("c", "FETCH 1 FLAGS")).last().asString().startsWith("c OK");
    }
    server.verify();
  }

  @Test
  void namedFaultThatDidNotHappenFailsVerification() {
    NamedFault fault = named("fetch-no");
    FakeImap unused = server.imap().on(fault).once().meet(fault.fault());
    assertThatThrownBy(server::verify)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("never used: [override of fetch-no]");
  }

  @Test
  void oneOfSeveralIsDrawnTheSameWithTheSameSeed() throws IOException {
    List<Fault> faults =
        List.of(
            new Fault.Instead("{tag} NO one\r\n", false, Ending.NONE),
            new Fault.Instead("{tag} NO two\r\n", false, Ending.NONE));
    List<List<String>> runs = new ArrayList<>();
    for (long seed : new long[] {5, 5, 6}) {
      FakeImap unused = server.imap().heal().on("NOOP").meetOneOf(faults, seed);
      List<String> said = new ArrayList<>();
      try (var client = Talk.imap(server.imapUrl())) {
        for (int i = 0; i < ROUNDS; i++) {
          said.addAll(client.run("a", "NOOP"));
        }
      }
      runs.add(said);
    }
    assertThat(runs.get(0)).contains("a NO one", "a NO two").isEqualTo(runs.get(1));
    assertThat(runs.get(0)).isNotEqualTo(runs.get(2));
  }

  @Test
  void chaosIsTheSameWithTheSameSeedAndNeedsNoVerification() throws IOException {
    assertThat(chaos(3)).isEqualTo(chaos(3)).isNotEqualTo(chaos(4));
  }

  /** What clients hear that come one after the other and ask for the same. */
  private static String chaos(long seed) throws IOException {
    var heard = new StringBuilder();
    try (var server = FakeMailServer.start().seed(1)) {
      String unusedUid = server.user("alice", "secret").inbox().deliver(MAIL);
      FakePop3 unused = server.pop3().chaos(0.3, seed);
      for (int i = 0; i < ROUNDS; i++) {
        try (var client = Talk.to(server.pop3Url())) {
          client.sayRaw("USER alice\r\nPASS secret\r\nSTAT\r\nUIDL\r\nRETR 1\r\nQUIT\r\n");
          client.hangUp();
          heard.append(new String(client.rest(), US_ASCII)).append('\n');
        } catch (IOException e) {
          heard.append(e.getClass().getSimpleName()).append('\n');
        }
      }
      server.pop3().verify();
    }
    return heard.toString();
  }

  @Test
  void faultsAreValues() {
    assertThat(Faults.imap(9).stream().map(NamedFault::fault).filter(FaultRuleTest::isSeeded))
        .isEqualTo(
            Faults.imap(9).stream().map(NamedFault::fault).filter(FaultRuleTest::isSeeded).toList())
        .doesNotContainAnyElementsOf(
            Faults.imap(8).stream()
                .map(NamedFault::fault)
                .filter(FaultRuleTest::isSeeded)
                .toList());
    assertThat(new Fault.Replaced(Part.WORDS, "a", "b"))
        .isEqualTo(new Fault.Replaced(Part.WORDS, "a", "b"));
    for (NamedFault fault : Faults.pop3()) {
      assertThat(fault.effect()).endsWith(".");
      assertThat(fault).hasToString(fault.name());
    }
  }

  @Test
  void expressionThatIsNoneIsRefusedAtOnce() {
    assertThatThrownBy(() -> new Fault.Replaced(Part.CONTENT, "(", ""))
        .isInstanceOf(PatternSyntaxException.class);
    assertThatThrownBy(() -> new Fault.Lines("{tag} (", Treatment.TWICE))
        .isInstanceOf(PatternSyntaxException.class);
    assertThatThrownBy(() -> new Fault.Misheard("[", ""))
        .isInstanceOf(PatternSyntaxException.class);
  }

  private static boolean isSeeded(Fault fault) {
    return fault instanceof Fault.Garbage || fault instanceof Fault.Flipped;
  }

  private static NamedFault named(String name) {
    return Faults.imap().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }
}
