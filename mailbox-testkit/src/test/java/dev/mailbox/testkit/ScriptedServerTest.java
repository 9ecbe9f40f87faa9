// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.script.Script.script;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ScriptedServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BRIEFLY = Duration.ofMillis(50);

  @AutoClose private final ScriptedServer server = ScriptedServer.start();

  @Test
  void playsAScript() throws IOException {
    server.next(script().sendLine("+OK hi").expect("CAPA").sendLine("+OK", ".").expectEnd());
    try (var client = Talk.to(server.port())) {
      assertThat(client.readLine()).isEqualTo("+OK hi");
      assertThat(client.ask("CAPA")).isEqualTo("+OK");
      assertThat(client.lines()).isEmpty();
    }
    server.verify();
    assertThat(server.received()).containsExactly("CAPA");
  }

  @Test
  void saysWhatWasExpectedAndWhatCame() throws IOException {
    server.next(script().expect("USER alice").expect("PASS secret").sendLine("+OK"));
    try (var client = Talk.to(server.port())) {
      client.say("USER alice");
      client.say("pass SECRET");
      assertThat(client.readLine()).isNull();
    }
    assertThatThrownBy(server::verify)
        .hasMessageContaining("expected <PASS secret> but the client said <pass SECRET>")
        .hasMessageContaining("only the case differs")
        .hasMessageContaining("before that it said [USER alice]");
  }

  @Test
  void aClientThatLeavesEarlyFailsTheScript() throws IOException {
    server.next(script().sendLine("+OK").expect("QUIT"));
    try (var client = Talk.to(server.port())) {
      assertThat(client.readLine()).isEqualTo("+OK");
    }
    assertThatThrownBy(server::verify)
        .hasMessageContaining("expected <QUIT> but the client closed");
  }

  @Test
  void aScriptThatNobodyCameForFails() {
    server.next(script().sendLine("+OK"));
    assertThatThrownBy(() -> server.verify(BRIEFLY))
        .hasMessageContaining("waited for a connection in vain");
  }

  @Test
  void aScriptThatStillWaitsFails() throws IOException {
    server.next(script().expect("NOOP"));
    try (var client = Talk.to(server.port())) {
      assertThatThrownBy(() -> server.verify(BRIEFLY)).hasMessageContaining("did not complete");
      client.say("NOOP");
    }
  }

  @Test
  void aConnectionWithoutAScriptFails() throws IOException {
    try (var client = Talk.to(server.port())) {
      assertThat(client.readLine()).isNull();
    }
    assertThatThrownBy(server::verify).hasMessageContaining("no script waited for it");
  }

  @Test
  void connectionsTakeScriptsInTurnAndThenTheSharedOne() throws IOException {
    server.next(script().sendLine("first")).everyConnection(c -> c.sendLine("other " + c.number()));
    for (String greeting : new String[] {"first", "other 2", "other 3"}) {
      try (var client = Talk.to(server.port())) {
        assertThat(client.readLine()).isEqualTo(greeting);
      }
    }
    assertThat(server.connections()).isEqualTo(3);
    server.verify();
  }

  @Test
  void closeIsAnEndOfStreamEvenWhenTheClientGoesOnTalking() throws IOException {
    server.next(script().send("half a li").close());
    try (var client = Talk.to(server.port())) {
      client.say("NOOP");
      client.say("NOOP");
      assertThat(client.rest()).isEqualTo("half a li".getBytes(ISO_8859_1));
    }
    server.verify();
  }

  @Test
  void resetIsAReset() throws IOException {
    server.next(script().expect("HELLO").reset());
    try (var client = Talk.to(server.port())) {
      assertThatThrownBy(() -> client.ask("HELLO")).isInstanceOf(SocketException.class);
    }
    server.verify();
  }

  @Test
  void stallLastsUntilTheClientLeaves() throws IOException {
    server.next(script().sendLine("+OK").stall());
    try (var client = Talk.to(server.port())) {
      assertThat(client.readLine()).isEqualTo("+OK");
      server.verify();
    }
  }

  @Test
  void startsTlsInTheMiddle() throws IOException {
    var certificates = TestCertificates.shared();
    var context = certificates.good().serverContext();
    server.next(
        script()
            .sendLine("+OK")
            .expect("STLS")
            .sendLine("+OK")
            .startTls(context)
            .expect("CAPA")
            .sendLine("-ERR"));
    try (var client = Talk.to(server.port())) {
      assertThat(client.readLine()).isEqualTo("+OK");
      assertThat(client.ask("STLS")).isEqualTo("+OK");
      client.startTls(certificates.clientContext(), "localhost");
      assertThat(client.ask("CAPA")).isEqualTo("-ERR");
    }
    server.verify();
  }

  @Test
  void clearTextBehindStartTlsFails() throws IOException {
    var context = TestCertificates.shared().good().serverContext();
    server.next(script().expect("STLS").sendLine("+OK").startTls(context));
    try (var client = Talk.to(server.port())) {
      client.sayRaw("STLS\r\nUSER alice\r\n");
      assertThat(client.readLine()).isEqualTo("+OK");
      assertThat(client.readLine()).isNull();
    }
    assertThatThrownBy(server::verify).hasMessageContaining("12 bytes in clear text");
  }

  @Test
  void implicitTlsServerSpeaksTlsOnly() throws IOException {
    var certificates = TestCertificates.shared();
    try (var tls = ScriptedServer.startTls(certificates.good().serverContext())) {
      tls.next(script().sendLine("+OK"));
      try (var client = Talk.tls(tls.url("pop3s"), certificates.clientContext())) {
        assertThat(client.readLine()).isEqualTo("+OK");
      }
      tls.verify();
    }
  }

  @Test
  void dripsByteByByteAndReadsLiterals() throws IOException {
    server.next(
        script()
            .then(c -> assertThat(c.readBytes(4)).isEqualTo(new byte[] {'a', '\r', '\n', 'b'}))
            .drip("+OK\r\n", Duration.ofMillis(2)));
    try (var client = Talk.to(server.port())) {
      long start = System.nanoTime();
      client.sayRaw("a\r\nb");
      assertThat(client.readLine()).isEqualTo("+OK");
      assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(8).toNanos());
    }
    server.verify();
  }

  @Test
  void awaitsWhatClientsSay() throws IOException {
    server.everyConnection(c -> c.expectMatching("N.*"));
    try (var client = Talk.to(server.port())) {
      client.say("NOOP");
      server.awaitConnections(1, PATIENCE);
      server.awaitReceived("NO+P", PATIENCE);
      assertThat(server.received(1)).containsExactly("NOOP");
      assertThatThrownBy(() -> server.awaitReceived("QUIT", Duration.ofMillis(10)))
          .hasMessageContaining("clients said [NOOP]");
    }
  }

  @Test
  void closeEndsHandlersThatWait() throws IOException {
    var reached = new CountDownLatch(1);
    server.everyConnection(
        c -> {
          reached.countDown();
          c.readLine();
        });
    try (var client = Talk.to(server.port())) {
      assertThatCode(reached::await).doesNotThrowAnyException();
      server.close();
      assertThat(client.readLine()).isNull();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().contains("scripted-" + server.port()));
  }
}
