// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static dev.mailbox.testkit.proxy.Direction.TO_CLIENT;
import static dev.mailbox.testkit.proxy.Direction.TO_SERVER;
import static dev.mailbox.testkit.proxy.ProxyFault.cut;
import static dev.mailbox.testkit.proxy.ProxyFault.halfClose;
import static dev.mailbox.testkit.proxy.ProxyFault.latency;
import static dev.mailbox.testkit.proxy.ProxyFault.refuse;
import static dev.mailbox.testkit.proxy.ProxyFault.stall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The extension fails a test that leaves a thread or a server behind. */
@MailServerTest
class FaultProxyLeakTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void nothingIsLeftOfConnectionsInEveryState(FakeMailServer server) throws IOException {
    FakeAccount unused = server.user("alice", "secret");
    List<Talk> clients = new ArrayList<>();
    try (var proxy = FaultProxy.to(server.pop3().port()).recording()) {
      proxy
          .next()
          .next(stall(TO_CLIENT, 1))
          .next(latency(TO_CLIENT, Duration.ofHours(1)))
          .next(cut(TO_CLIENT, 2, Closing.FIN))
          .next(cut(TO_CLIENT, 2, Closing.RESET))
          .next(halfClose(TO_CLIENT, 2))
          .next(halfClose(TO_SERVER, 0))
          .next(refuse(Closing.FIN))
          .next(refuse(Closing.RESET));
      for (int i = 0; i < 9; i++) {
        clients.add(Talk.to(proxy.port()));
      }
      proxy.onLine(TO_SERVER, "NOOP"::equals, stall(TO_SERVER, 1));
      clients.add(Talk.pop3(proxy.url("pop3")));
      clients.get(9).say("NOOP");
      assertThat(Await.until(() -> proxy.cuts() == 4, PATIENCE)).isTrue();
      assertThat(Await.until(() -> proxy.inFlight(TO_SERVER) == 6, PATIENCE)).isTrue();
      proxy.blackout();
    }
    for (Talk client : clients) {
      client.close();
    }
  }

  @Test
  void nothingIsLeftWhenBuffersAreFull(ScriptedServer server) throws IOException {
    server.everyConnection(
        c -> {
          for (int i = 0; i < 100; i++) {
            c.send(new byte[1 << 20]);
          }
        });
    try (var proxy = FaultProxy.to(server.port());
        var reader = Talk.to(proxy.port());
        var silent = Talk.to(proxy.port())) {
      assertThat(Await.until(() -> proxy.inFlight(TO_CLIENT) > 120L << 20, PATIENCE)).isTrue();
      assertThat(reader.readRaw(1 << 20)).hasSize(1 << 20);
      proxy.now(cut(TO_CLIENT, 0, Closing.FIN));
      assertThat(Await.until(() -> proxy.inFlight(TO_CLIENT) == 0, PATIENCE)).isTrue();
      assertThat(silent).isNotNull();
    }
  }
}
