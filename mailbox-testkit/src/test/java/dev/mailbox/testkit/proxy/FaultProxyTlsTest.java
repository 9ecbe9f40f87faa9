// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static dev.mailbox.testkit.proxy.Closing.FIN;
import static dev.mailbox.testkit.proxy.Direction.TO_CLIENT;
import static dev.mailbox.testkit.proxy.ProxyFault.cut;
import static dev.mailbox.testkit.proxy.ProxyFault.slice;
import static dev.mailbox.testkit.script.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.internal.net.Loopback;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FaultProxyTlsTest {
  private final TestCertificates certificates = TestCertificates.shared();
  @AutoClose private final ScriptedServer server = ScriptedServer.start();

  @AutoClose private final FaultProxy proxy = FaultProxy.to(server.port()).tls(certificates.good());

  @Test
  void endsTlsBeforeAClearTextServer() throws IOException {
    server.next(script().sendLine("+OK").expect("QUIT").sendLine("+OK bye"));
    try (var client = Talk.tls(proxy.url("pop3s"), certificates.clientContext())) {
      assertThat(client.readLine()).isEqualTo("+OK");
      assertThat(client.ask("QUIT")).isEqualTo("+OK bye");
      assertThat(client.readLine()).isNull();
    }
    server.verify();
    assertThat(proxy.bytes(TO_CLIENT)).isEqualTo(14);
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateDoesNotReachTheServer() throws IOException {
    proxy.tls(certificates.expired());
    assertThatThrownBy(() -> Talk.tls(proxy.url("pop3s"), certificates.clientContext()))
        .isInstanceOf(SSLException.class);
    proxy.tls(certificates.good());
    server.next(script().sendLine("+OK"));
    try (var client = Talk.tls(proxy.url("pop3s"), certificates.clientContext())) {
      assertThat(client.readLine()).isEqualTo("+OK");
    }
    assertThat(proxy.connections()).isEqualTo(2);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void bytesAreCountedInClearText() throws IOException {
    server.next(script().sendLine("+OK hello").stall());
    proxy.next(cut(TO_CLIENT, 5, FIN));
    try (var client = Talk.tls(proxy.url("pop3s"), certificates.clientContext())) {
      assertThat(client.readRaw(5)).isEqualTo("+OK h");
    }
  }

  @Test
  void eachSliceIsARecordOfItsOwn() throws IOException {
    server.next(script().send("abcdefgh"));
    proxy.every(slice(TO_CLIENT, 3));
    List<String> pieces = new ArrayList<>();
    var sockets = certificates.clientContext().getSocketFactory();
    try (var client = sockets.createSocket(Loopback.ADDRESS, proxy.port())) {
      var buffer = new byte[100];
      int length = client.getInputStream().read(buffer);
      while (length > 0) {
        pieces.add(new String(buffer, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1));
        length = client.getInputStream().read(buffer);
      }
    }
    assertThat(pieces).containsExactly("abc", "def", "gh");
  }
}
