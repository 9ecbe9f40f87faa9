// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.junit.MailServerTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server for other languages, as a process of its own, with the command line as its client. */
@MailServerTest
@Timeout(60)
class FakeServerCommandTest {
  private final Path directory;
  private final List<Process> started = new ArrayList<>();

  FakeServerCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Runs it, and returns what it printed until it was ready. */
  private List<String> serve(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("fake-server");
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.startsWith("ready") || line.startsWith("{")) {
        break;
      }
    }
    return lines;
  }

  private static String rest(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void write(String name, String subject) throws IOException {
    Path file = directory.resolve("mail").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, mail(subject).build());
  }

  private static CapturedTerminal client() {
    return new CapturedTerminal().set("MAILBOX_PASSWORD", "pass:word");
  }

  @Test
  void servesTheFilesOfADirectory() throws IOException {
    write("1.eml", "first");
    write("2.eml", "second");
    write("Work/Old/3.eml", "third");
    write(".hidden", "none");

    List<String> lines =
        serve("--users", "bob:pass:word,carol:x", "--mail", directory.resolve("mail").toString());

    assertThat(lines).hasSize(5);
    assertThat(lines.get(4)).isEqualTo("ready for bob, carol");
    assertThat(lines.get(0)).startsWith("imap://localhost:");
    assertThat(lines.get(1)).startsWith("pop3://localhost:");
    assertThat(lines.get(2)).startsWith("imaps://localhost:");
    assertThat(lines.get(3)).startsWith("pop3s://localhost:");
    Path imap = sync(lines.get(0));
    assertThat(list(imap, "INBOX")).contains("first", "second").doesNotContain("third");
    assertThat(list(imap, "Work/Old")).contains("third");
    assertThat(list(sync(lines.get(1)), "INBOX")).contains("first", "second");
  }

  private Path sync(String url) {
    Path store = directory.resolve(url.substring(0, 4));
    assertDone(client().run("sync", url + "?tls=none", "-u", "bob", "-s", store));
    return store;
  }

  private static String list(Path store, String folder) {
    return assertDone(client().run("list", "-s", store, "-f", folder)).out();
  }

  private static CapturedTerminal.Result assertDone(CapturedTerminal.Result run) {
    assertThat(run.code()).as(run.toString()).isZero();
    return run;
  }

  @Test
  void speaksTlsWithACertificateThatClientsCanCheck() throws IOException {
    Path authority = directory.resolve("ca.pem");

    List<String> lines =
        serve("--tls", "--certificate", authority.toString(), "--users", "bob:pass:word");

    assertThat(lines.get(0)).startsWith("imaps://localhost:");
    assertThat(lines.get(1)).startsWith("pop3s://localhost:");
    for (String url : lines.subList(0, 2)) {
      assertDone(client().run("check", url, "-u", "bob", "--ca", authority));
      assertThat(client().run("check", url, "-u", "bob").code()).isEqualTo(ExitCode.TLS.number());
    }
  }

  @Test
  void hasTheHabitsOfAProvider() throws IOException {
    List<String> lines = serve("--profile", "gmail", "--users", "bob:pass:word", "--json");

    Object urls = JsonTree.map(JsonTree.parse(lines.get(0))).get("urls");
    String url = String.valueOf(((List<?>) java.util.Objects.requireNonNull(urls)).get(0));
    CapturedTerminal.Result check = client().run("check", url + "?tls=none", "-u", "bob");
    assertThat(check.out()).contains("X-GM-EXT-1");
  }

  @Test
  void portIsTheOneThatIsTold() throws IOException {
    String free = serve().get(0).replaceAll(".*:", "");
    CapturedTerminal.Result taken = client().run("fake-server", "--imap-port", free);
    assertThat(taken.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(taken.err()).contains("port " + free);
    started.get(0).destroyForcibly().onExit().join();

    assertThat(serve("--imap-port", free).get(0)).isEqualTo("imap://localhost:" + free);
  }

  @Test
  void goesWrongAsOftenAsItIsTold() throws IOException {
    String url = serve("--users", "bob:pass:word", "--fault", "login-bye:1").get(0) + "?tls=none";
    assertThat(client().run("check", url, "-u", "bob").code())
        .isEqualTo(ExitCode.CONNECTION.number());
    assertDone(client().run("check", url, "-u", "bob"));

    String always = serve("--users", "bob:pass:word", "--fault", "login-wrong").get(1);
    for (int i = 0; i < 2; i++) {
      assertThat(client().run("check", always + "?tls=none", "-u", "bob").code())
          .isEqualTo(ExitCode.AUTHENTICATION.number());
    }
  }

  @Test
  void tellsInTheEndWhatNobodyMet() throws Exception {
    String url =
        serve("--users", "bob:pass:word", "--fault", "login-bye:1,fetch-cut:1,message-cut").get(0)
            + "?tls=none";
    assertThat(client().run("check", url, "-u", "bob").code()).isNotZero();

    Process process = started.get(0);
    assertThat(process.toHandle().destroy()).isTrue(); // process.destroy() would close its output
    assertThat(rest(process)).contains("never met: fetch-cut, message-cut\n");
  }

  @Test
  void chaosReachesEveryClient() throws IOException {
    String url = serve("--users", "bob:pass:word", "--chaos", "1", "--seed", "7").get(1);
    assertThat(client().run("check", url + "?tls=none", "-u", "bob", "--timeout", "2").code())
        .isNotZero();
  }

  @Test
  void nonsenseIsTold() {
    for (String nonsense : List.of("--chaos=2", "--chaos=x", "--fault=no-such", "--fault=x:0")) {
      assertThat(client().run("fake-server", nonsense).code())
          .as(nonsense)
          .isEqualTo(ExitCode.USAGE.number());
    }
    assertThat(client().run("fake-server", "--users", "bob").code())
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(client().run("fake-server", "--profile", "nobody").code())
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(client().run("fake-server", "--mail", directory.resolve("no")).code())
        .isEqualTo(ExitCode.NOT_FOUND.number());
  }
}
