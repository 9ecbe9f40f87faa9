// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.script.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.ServerCertificate;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCertificatesTest {
  private final TestCertificates certificates = TestCertificates.shared();

  @Test
  void goodCertificateIsTrustedByItsAuthority() throws IOException {
    assertThat(greetingWith(certificates.good(), certificates)).isEqualTo("+OK");
  }

  @Test
  void anotherAuthorityTrustsNothingOfIt() {
    assertThatThrownBy(() -> greetingWith(certificates.good(), TestCertificates.create()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void expiredCertificateIsRefusedAsExpired() {
    assertThatThrownBy(() -> greetingWith(certificates.expired(), certificates))
        .isInstanceOf(SSLHandshakeException.class)
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void wrongHostIsRefusedForItsName() {
    assertThatThrownBy(() -> greetingWith(certificates.wrongHost(), certificates))
        .isInstanceOf(SSLHandshakeException.class)
        .hasRootCauseInstanceOf(CertificateException.class)
        .hasMessageContaining("localhost");
  }

  @Test
  void selfSignedCertificateIsNotTrusted() {
    assertThatThrownBy(() -> greetingWith(certificates.selfSigned(), certificates))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void authorityIsWrittenAsPem(@TempDir Path folder) throws Exception {
    Path file = certificates.writeAuthorityPem(folder);
    var read =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    assertThat(read).isEqualTo(certificates.authority());
  }

  private static String greetingWith(ServerCertificate shown, TestCertificates trusted)
      throws IOException {
    try (var server = ScriptedServer.startTls(shown.serverContext())) {
      server.next(script().sendLine("+OK"));
      try (var client = Talk.to(URI.create(server.url("pop3s")).getPort())) {
        client.startTls(trusted.clientContext(), "localhost");
        return String.valueOf(client.readLine());
      }
    }
  }
}
