// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.imap.ImapValue;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too long, too deep, too large or too much is refused, and the session goes on. */
@Timeout(60)
class LimitsTest {
  private static final byte[] MAIL = "Subject: x\r\n\r\nbody\r\n".getBytes(US_ASCII);
  private static final String LONG = "x".repeat(2 << 20);

  @AutoClose private final FakeMailServer server = FakeMailServer.start();
  private final FakeFolder inbox = server.user("alice", "secret").inbox();

  private Talk selected() throws IOException {
    Talk client = Talk.imap(server.imapUrl());
    List<String> unused = client.run("s", "SELECT INBOX");
    return client;
  }

  private static void goesOn(Talk client) throws IOException {
    assertThat(client.ask("z NOOP")).isEqualTo("z OK nothing done");
  }

  @Test
  void longLineOfImapIsRefused() throws IOException {
    try (var client = selected()) {
      assertThat(client.ask("a SEARCH SUBJECT \"" + LONG + "\"")).startsWith("a BAD ");
      goesOn(client);
      client.say("b SEARCH SUBJECT {3+}\r\nabc TEXT " + LONG);
      assertThat(client.readLine()).startsWith("b BAD ");
      goesOn(client);
      assertThat(client.ask("c IDLE")).startsWith("+");
      assertThat(client.ask(LONG)).startsWith("c BAD ");
      goesOn(client);
    }
    assertThatThrownBy(server::verify).hasMessageContaining("too long");
  }

  @Test
  void longLineBeforeTheLoginIsRefused() throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      assertThat(client.ask("a AUTHENTICATE PLAIN")).startsWith("+");
      assertThat(client.ask(LONG)).startsWith("a BAD ");
      goesOn(client);
      assertThat(client.ask(LONG)).startsWith("* BAD ");
      goesOn(client);
    }
  }

  @Test
  void longLineOfPop3IsRefused() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("USER " + LONG)).startsWith("-ERR ");
      assertThat(client.ask("AUTH PLAIN")).startsWith("+ ");
      assertThat(client.ask(LONG)).startsWith("-ERR ");
      assertThat(client.ask("USER alice")).startsWith("+OK");
      assertThat(client.ask("PASS secret")).startsWith("+OK");
    }
  }

  @Test
  void literalOfARefusedCommandIsNoCommand() throws IOException {
    try (var client = selected()) {
      for (String before :
          List.of(
              "NOOP \"" + LONG + "\" ",
              "NO(SUCH ",
              "FETCH 1 (FLAGS (",
              "SEARCH SUBJECT \"\\x\" {3+}\r\nabc ",
              "SEARCH SUBJECT {2+}\r\na\0 SUBJECT ")) {
        client.say("a " + before + "{10+}\r\nb LOGOUT\r\n");
        assertThat(client.readLine()).startsWith("a BAD ");
        goesOn(client);
      }
    }
    assertThat(server.imap().count("LOGOUT")).isZero();
  }

  @Test
  void largeLiteralThatDoesNotWaitIsReadAndForgotten() throws IOException {
    server.imap().appendLimit(100);
    String large = "b LOGOUT\r\n".repeat(300_000);
    try (var client = selected()) {
      client.say("a APPEND INBOX {" + large.length() + "+}\r\n" + large);
      assertThat(client.readLine()).startsWith("a NO [TOOBIG] ");
      goesOn(client);
      client.say("a SEARCH SUBJECT {" + large.length() + "+}\r\n" + large);
      assertThat(client.readLine()).startsWith("a BAD ");
      goesOn(client);
    }
    assertThat(inbox.count()).isZero();
    assertThat(server.imap().count("LOGOUT")).isZero();
  }

  @Test
  void zerosAreForBinaryLiteralsOnly() throws IOException {
    try (var client = selected()) {
      client.say("a APPEND INBOX {3+}\r\na\0b");
      assertThat(client.readLine()).startsWith("a BAD ");
      client.say("b APPEND INBOX {3}");
      assertThat(client.readLine()).startsWith("+ ");
      client.say("a\0b");
      assertThat(client.readLine()).startsWith("b BAD ");
      assertThat(inbox.count()).isZero();
      client.say("c APPEND INBOX ~{3+}\r\na\0b");
      assertThat(client.reply("c")).last().asString().startsWith("c OK ");
      goesOn(client);
    }
    assertThat(inbox.messages().get(0).raw()).containsExactly('a', 0, 'b');
    assertThatThrownBy(server::verify).hasMessageContaining("byte 0 in a literal");
  }

  @Test
  void binaryLiteralsNeedTheirExtension() throws IOException {
    FakeImap unused = server.imap().without("BINARY", "UTF8=ACCEPT");
    try (var client = selected()) {
      client.say("a APPEND INBOX ~{3+}\r\na\0b");
      assertThat(client.readLine()).startsWith("a BAD ");
      goesOn(client);
    }
    assertThat(inbox.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "NOT ", "OR SEEN ", "OR (NOT "})
  void deepSearchIsRefusedAndABroadOneIsNot(String open) throws IOException {
    String close = open.contains("(") ? ")" : "";
    try (var client = selected()) {
      for (int depth : List.of(20, 5_000, 50_000)) {
        String second = open.startsWith("OR (") ? close + " SEEN" : close;
        client.say("a SEARCH " + open.repeat(depth) + "ALL" + second.repeat(depth));
        String end = client.reply("a").stream().filter(l -> l.startsWith("a ")).findFirst().get();
        assertThat(end).startsWith(depth == 20 ? "a OK" : "a BAD");
        goesOn(client);
      }
      String unused = inbox.deliver(MAIL);
      List<String> unusedNews = client.run("b", "NOOP");
      assertThat(client.run("c", "SEARCH" + " UNSEEN".repeat(50_000))).contains("* SEARCH 1");
    }
  }

  @Test
  void deepPathOfAPartIsRefused() throws IOException {
    String unused = inbox.deliver(MAIL);
    try (var client = selected()) {
      String path = "1" + ".1".repeat(50_000);
      assertThat(client.ask("a FETCH 1 BODY.PEEK[" + path + "]")).startsWith("a BAD ");
      goesOn(client);
    }
  }

  @Test
  void longThreadsAreTold() throws IOException {
    int length = 10_000;
    for (int i = 1; i <= length; i++) {
      String references = i == 1 ? "" : "References: <m" + (i - 1) + "@x>\r\n";
      String id = "Message-ID: <m" + i + "@x>\r\n";
      String unused = inbox.deliver((id + references + "\r\n").getBytes(US_ASCII));
    }
    String all = String.join(" ", IntStream.rangeClosed(1, length).mapToObj(i -> "" + i).toList());
    try (var client = selected()) {
      assertThat(client.run("a", "THREAD REFERENCES UTF-8 ALL")).contains("* THREAD (" + all + ")");
      assertThat(client.run("b", "THREAD REFS UTF-8 ALL")).contains("* THREAD (" + all + ")");
    }
  }

  @Test
  void longReferencesOfMessagesThatAreNotHereAreNoThread() throws IOException {
    String ids =
        String.join(" ", IntStream.range(0, 20_000).mapToObj(i -> "<" + i + "@x>").toList());
    String unused = inbox.deliver(("References: " + ids + "\r\n\r\n").getBytes(US_ASCII));
    String unusedToo = inbox.deliver(MAIL);
    try (var client = selected()) {
      assertThat(client.run("a", "THREAD REFERENCES UTF-8 ALL")).contains("* THREAD (1)(2)");
    }
  }

  @Test
  void subjectOfManyLabelsIsSorted() throws IOException {
    String unused =
        inbox.deliver(("Subject: " + "[a] ".repeat(5_000) + "x\r\n\r\n").getBytes(US_ASCII));
    String unusedToo = inbox.deliver(MAIL);
    try (var client = selected()) {
      assertThat(client.run("a", "SORT (SUBJECT) UTF-8 ALL")).contains("* SORT 1 2");
    }
  }

  @Test
  void messagesThatAreNestedDeepHaveAStructure() throws IOException {
    String head = "Content-Type: message/rfc822\r\n\r\n";
    String unused = inbox.deliver((head.repeat(300) + "Subject: x\r\n\r\nx").getBytes(US_ASCII));
    try (var client = selected()) {
      String told = client.run("a", "FETCH 1 BODYSTRUCTURE").get(0);
      assertThat(told.split("\"rfc822\"", -1)).hasSizeBetween(50, 101);
      assertThat(told).containsOnlyOnce("\"octet-stream\"");
      assertThat(told.chars().filter(c -> c == '(').count())
          .isEqualTo(told.chars().filter(c -> c == ')').count());
    }
  }

  @Test
  void largeLiteralsAreNotKept() throws IOException {
    String large = "x".repeat(3 << 20);
    try (var client = selected()) {
      client.say("a APPEND INBOX {" + large.length() + "+}\r\n" + large);
      assertThat(client.reply("a")).last().asString().startsWith("a OK");
    }
    var literal = (ImapValue.Literal) server.imap().commands("APPEND").get(0).arguments().get(1);
    assertThat(literal.size()).isEqualTo(large.length());
    assertThat(literal.text()).isEqualTo(large.substring(0, 1 << 16));
    assertThat(literal.toString()).startsWith("{3145728+}xxx").hasSizeLessThan(1 << 17);
    assertThat(inbox.messages().get(0).raw()).hasSize(large.length());
  }

  @Test
  void sessionsAreCountedExactly() throws Exception {
    FakeImap unused = server.imap().mostSessions(3);
    var together = new CyclicBarrier(12);
    FakeImap unusedServer = server.imap().on("LOGIN").run(() -> await(together));
    var pool = Executors.newFixedThreadPool(12);
    try {
      for (int round = 0; round < 40; round++) {
        var clients = new ConcurrentLinkedQueue<Talk>();
        Callable<String> login =
            () -> {
              Talk client = Talk.to(server.imapUrl());
              clients.add(client);
              String unusedGreeting = client.readLine();
              return String.valueOf(client.ask("a LOGIN alice secret"));
            };
        int in = 0;
        for (var each : pool.invokeAll(Collections.nCopies(12, login))) {
          in += each.get().startsWith("a OK") ? 1 : 0;
        }
        assertThat(in).isEqualTo(3);
        for (Talk client : clients) {
          client.run("q", "LOGOUT");
          client.close();
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      int unused = barrier.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever interrupts it. */
  private static void takeYourTime() {
    long end = System.nanoTime() + 300_000_000;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void interruptedThreadClosesAllTheSame() throws IOException {
    var own = FakeMailServer.start();
    try (var client = Talk.to(own.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      String name = "-" + own.imap().port() + "-";
      FakeImap unusedServer = own.imap().on("NOOP").run(LimitsTest::takeYourTime);
      client.say("a NOOP");
      own.imap().awaitCommand("NOOP", Duration.ofSeconds(5));
      Thread.currentThread().interrupt();
      own.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().contains(name));
    } finally {
      boolean unused = Thread.interrupted();
      own.close();
    }
  }
}
