// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mailbox.connect.TlsMode;
import dev.mailbox.sync.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxConfigTest {
  @ParameterizedTest
  @CsvSource({
    "pop3s://mail.example.org,        pop3s, mail.example.org, 995,  IMPLICIT",
    "POP3://mail.example.org,         pop3,  mail.example.org, 110,  STARTTLS",
    "imaps://mail.example.org:9993/,  imaps, mail.example.org, 9993, IMPLICIT",
    "imap://127.0.0.1?tls=none,       imap,  127.0.0.1,        143,  NONE",
    "pop3s://[::1]:9955,              pop3s, ::1,              9955, IMPLICIT",
  })
  void urlSaysWhereAndHow(String url, String scheme, String host, int port, TlsMode tls) {
    MailboxConfig config = MailboxConfig.at(url).login("alice", "secret").build();

    assertThat(config.scheme()).isEqualTo(scheme);
    assertThat(config.host()).isEqualTo(host);
    assertThat(config.port()).isEqualTo(port);
    assertThat(config.tlsMode()).isEqualTo(tls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.org",
        "pop3s:",
        "pop3s://",
        "http://mail.example.org",
        "pop3s://mail.example.org/INBOX",
        "pop3s://mail.example.org?tls=maybe",
        "pop3s://mail example.org",
        "pop3s://mail.example.org:0",
        "pop3s://mail.example.org:65536",
        "pop3s://mail.example.org:abc",
      })
  void otherUrlsAreRefused(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> MailboxConfig.at(url));
  }

  @Test
  void passwordInTheUrlIsRefusedAndNotRepeated() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MailboxConfig.at("pop3s://alice:hunter2@mail.example.org"))
        .withMessageNotContaining("hunter2")
        .withNoCause();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MailboxConfig.at("pop3s://alice:hunter 2@mail.example.org"))
        .withMessageNotContaining("hunter")
        .withNoCause();
  }

  @Test
  void userMayBeNamedInTheUrl() {
    MailboxConfig config =
        MailboxConfig.at("pop3s://alice@mail.example.org").password("secret").build();

    assertThat(config.credentials().orElseThrow().user()).isEqualTo("alice");
  }

  @Test
  void credentialsAreNeededForAServer() {
    assertThatIllegalStateException()
        .isThrownBy(() -> MailboxConfig.at("pop3s://mail.example.org").build())
        .withMessageContaining("login");
  }

  @Test
  void secretInClearTextNeedsLoopbackOrPermission() {
    MailboxConfig.Builder away =
        MailboxConfig.at("pop3://mail.example.org?tls=none").login("alice", "secret");

    assertThatIllegalStateException()
        .isThrownBy(away::build)
        .withMessageContaining("clear text")
        .withMessageContaining("mail.example.org");
    assertThat(away.allowInsecure().build().insecureAllowed()).isTrue();
    for (String host : new String[] {"localhost", "127.0.0.1", "127.8.9.10", "[::1]"}) {
      MailboxConfig.at("pop3://" + host + "?tls=none").login("alice", "secret").build();
    }
  }

  @Test
  void hostThatOnlyLooksLikeLoopbackIsNot() {
    for (String host : new String[] {"localhost.example.org", "127.0.0.1.example.org"}) {
      assertThatIllegalStateException()
          .isThrownBy(
              () -> MailboxConfig.at("pop3://" + host + "?tls=none").login("a", "b").build());
    }
  }

  @Test
  void removalNeedsAStoreOnDisk() {
    MailboxConfig.Builder builder =
        MailboxConfig.at("pop3s://mail.example.org").login("alice", "secret");

    assertThatIllegalStateException()
        .isThrownBy(() -> builder.removal(Removal.afterDownload()).build())
        .withMessageContaining("keepIn");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder.removal(Removal.after(Duration.ofDays(1))).build());
    builder.removal(Removal.never()).build();
    builder.keepIn(Path.of("somewhere")).removal(Removal.afterDownload()).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\rb", "a\nb", "a\0b"})
  void badUserAndPasswordAreRefusedByName(String bad) {
    MailboxConfig.Builder builder = MailboxConfig.at("pop3s://mail.example.org");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.login(bad, "secret"))
        .withMessageContaining("user");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.login("alice", bad))
        .withMessageContaining("password");
  }

  @Test
  void secretsAreNotPrinted() {
    MailboxConfig config =
        MailboxConfig.at("pop3s://mail.example.org").login("alice", "hunter2").build();

    assertThat(config.toString()).contains("alice", "mail.example.org").doesNotContain("hunter2");
    assertThat(config.credentials().orElseThrow().toString()).doesNotContain("hunter2");
  }

  @Test
  void trustNeedsACertificate(@TempDir Path directory) throws IOException {
    MailboxConfig.Builder builder = MailboxConfig.at("pop3s://mail.example.org");
    Path empty = Files.createFile(directory.resolve("empty.pem"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.trust(empty))
        .withMessageContaining("empty.pem");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.trust(directory.resolve("missing.pem")))
        .withMessageContaining("missing.pem");
  }

  @Test
  void schemeWithoutProviderIsNamed() {
    MailboxConfig config =
        MailboxConfig.at("imaps://mail.example.org").login("alice", "secret").build();

    assertThatIllegalStateException()
        .isThrownBy(() -> Mailbox.open(config).close())
        .withMessageContaining("imaps");
  }
}
