// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.examples.Protocol;
import dev.mailbox.examples.cli.CapturedTerminal.Result;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.tls.ServerCertificate;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each class of failure has its exit code, one sentence and, where it helps, a hint. */
@MailServerTest
class ExitCodesTest {
  private final CapturedTerminal terminal =
      new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
  private final Path directory;

  ExitCodesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Result check(String url, Object... more) {
    Object[] args = new Object[4 + more.length];
    System.arraycopy(new Object[] {"check", url, "--user", "alice"}, 0, args, 0, 4);
    System.arraycopy(more, 0, args, 4, more.length);
    return terminal.run(args);
  }

  /** POP3 in clear text, for alice. */
  private static String clear(FakeMailServer server) {
    FakeAccount unused = server.user("alice", "secret");
    return server.pop3Url() + "?tls=none";
  }

  private static void assertFailed(Result run, ExitCode code) {
    assertThat(run.code()).as(run.toString()).isEqualTo(code.number());
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("mailbox: ").doesNotContain("\tat ", "Exception");
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
  }

  @Test
  void wrongPasswordIs3(FakeMailServer server) {
    terminal.set("MAILBOX_PASSWORD", "wrong-one");

    Result run = check(clear(server));

    assertFailed(run, ExitCode.AUTHENTICATION);
    assertThat(run.err()).contains("hint: check --user and the password");
  }

  @Test
  void verboseShowsTheConversationWithoutThePassword(FakeMailServer server) {
    server.pop3().mechanisms("PLAIN");
    terminal.set("MAILBOX_PASSWORD", "wrong-one");

    Result run = check(clear(server), "--verbose");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("  | ", "\tat dev.mailbox.").doesNotContain("wrong-one");
    assertThat(run.err()).doesNotContain("d3Jvbmctb25l");
  }

  @Test
  void errorsAreJsonWhenAsked(FakeMailServer server) {
    terminal.set("MAILBOX_PASSWORD", "wrong-one");

    Result run = check(clear(server), "--json", "--verbose");

    assertThat(run.out()).isEmpty();
    assertThat(run.jsonError())
        .containsEntry("exitCode", 3L)
        .containsEntry("kind", "authentication")
        .containsEntry("reason", "AUTHENTICATION_FAILED")
        .containsKeys("message", "hint", "stackTrace");
    assertThat(JsonTree.list(run.jsonError(), "transcript")).isNotEmpty();
  }

  @Test
  void closedPortIs4() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    Result run = check("pop3s://127.0.0.1:" + port);

    assertFailed(run, ExitCode.CONNECTION);
    assertThat(run.err()).contains("hint: check the port");
  }

  @Test
  void unknownHostIs4() {
    assertFailed(check("pop3s://no-such-host.invalid"), ExitCode.CONNECTION);
  }

  @Test
  void serverThatClosesAtOnceIs4(FakeMailServer server) {
    server.pop3().on("CONNECT").close();

    assertFailed(check(clear(server)), ExitCode.CONNECTION);
  }

  @Test
  void silentServerIs4(FakeMailServer server) {
    server.pop3().on("CONNECT").stall();

    assertFailed(check(clear(server), "--timeout", "1"), ExitCode.CONNECTION);
  }

  private Result checkTls(ServerCertificate certificate, TestCertificates certificates) {
    Path ca = certificates.writeAuthorityPem(directory);
    try (FakeMailServer server = FakeMailServer.builder().certificate(certificate).start()) {
      return check(server.pop3sUrl(), "--ca", ca);
    }
  }

  @Test
  void wrongHostIs5AndTheHintIsTheNameInTheCertificate(TestCertificates certificates) {
    Result run = checkTls(certificates.wrongHost(), certificates);

    assertFailed(run, ExitCode.TLS);
    assertThat(run.err())
        .contains("is for another host", "hint: use a name that is in the certificate");
  }

  @Test
  void expiredCertificateIs5(TestCertificates certificates) {
    Result run = checkTls(certificates.expired(), certificates);

    assertFailed(run, ExitCode.TLS);
    assertThat(run.err()).contains("expired");
  }

  @ParameterizedTest
  @EnumSource
  void untrustedCertificateIs5AndTheHintIsCa(Protocol protocol, FakeMailServer server) {
    Result run = check(protocol.secureUrl(server));

    assertFailed(run, ExitCode.TLS);
    assertThat(run.err()).contains("--ca CERT.pem");
  }

  @Test
  void noUpgradeToTlsIs5(FakeMailServer server) {
    server.pop3().without("STLS");

    Result run = check(server.pop3Url());

    assertFailed(run, ExitCode.TLS);
    assertThat(run.err()).contains("hint: try pop3s://");
  }

  @Test
  void refusalIs6(FakeMailServer server) {
    server.user("alice", "secret").inbox().deliver(mail("one"));
    server.pop3().on("UIDL").reply("-ERR [SYS/PERM] the mailbox is broken");
    server.pop3().on("LIST").reply("-ERR [SYS/PERM] the mailbox is broken");

    Result run =
        terminal.run("sync", clear(server), "-u", "alice", "-s", directory.resolve("store"));

    assertThat(run.code()).as(run.toString()).isEqualTo(6);
  }

  @Test
  void nonsenseFromTheServerIs7(FakeMailServer server) {
    server.pop3().on("CONNECT").reply("HTTP/1.1 400 Bad Request");

    assertFailed(check(clear(server)), ExitCode.PROTOCOL);
  }

  @Test
  void lockedStoreIs8(FakeMailServer server) throws IOException {
    Path store = directory.resolve("store");
    StoreFixture.fill(store, mail("one"));
    try (Mailbox other = Mailbox.open(MailboxConfig.offline(store).build())) {
      assertThat(other.inbox().counts().total()).isEqualTo(1);

      Result list = terminal.run("list", "--store", store);
      Result sync = terminal.run("sync", clear(server), "-u", "alice", "--store", store);

      assertFailed(list, ExitCode.STORE);
      assertThat(list.err()).contains("hint: wait for the other program");
      assertFailed(sync, ExitCode.STORE);
    }
  }

  @Test
  void storeThatCannotBeMadeIs8(FakeMailServer server) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");

    assertFailed(
        terminal.run("sync", clear(server), "-u", "alice", "-s", file.resolve("store")),
        ExitCode.STORE);
  }

  @Test
  void storeOfAnotherAccountIs8(FakeMailServer server) {
    Path store = directory.resolve("store");
    FakeAccount unused = server.user("bob", "secret");
    assertThat(terminal.run("sync", clear(server), "-u", "bob", "-s", store).code()).isZero();

    Result run = terminal.run("sync", clear(server), "-u", "alice", "-s", store);

    assertFailed(run, ExitCode.STORE);
    assertThat(run.err()).contains("hint: use another --store");
  }

  @Test
  void damagedStoreIs8() throws IOException {
    Path store = Files.createDirectory(directory.resolve("store"));
    Files.write(store.resolve("mailbox.db"), List.of("this is no database ".repeat(100)));

    assertFailed(terminal.run("list", "--store", store), ExitCode.STORE);
  }

  @Test
  void fileNameThatTheLocaleCannotWriteIs8AndTheHintIsTheLocale() {
    Failure failure = Failure.of(new InvalidPathException("счёт.pdf", "unmappable"));

    assertThat(failure.code()).isEqualTo(ExitCode.STORE);
    assertThat(failure.message()).contains("счёт.pdf");
    assertThat(failure.hint()).contains("C.UTF-8");
  }

  @Test
  void whatNobodyExpectedIs1() {
    Failure failure = Failure.of(new ArithmeticException("odd"));

    assertThat(failure.code()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(failure.message()).contains("odd");
  }
}
