// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.tls;

import dev.mailbox.testkit.internal.net.LoopbackServer;
import dev.mailbox.testkit.internal.net.Relay;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Implicit TLS in front of any clear-text server on this machine, with a certificate of the test's
 * choice, on a free loopback port. Thread-safe; serves many connections.
 */
public final class TlsFront implements AutoCloseable {
  private final SSLContext context;
  private final int target;
  private final LoopbackServer server;

  private TlsFront(int target, SSLContext context) {
    this.target = target;
    this.context = context;
    this.server = LoopbackServer.start("tls-front", this::serve);
  }

  /** Ends TLS with this certificate and passes what is inside to the port on 127.0.0.1. */
  public static TlsFront before(int port, ServerCertificate certificate) {
    return new TlsFront(port, certificate.serverContext());
  }

  /** The port on 127.0.0.1 that speaks TLS. */
  public int port() {
    return server.port();
  }

  /** Closes all connections and ends all threads. Idempotent. */
  @Override
  public void close() {
    server.close();
  }

  private void serve(Socket raw, int connection) throws IOException {
    var tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    Socket plain = server.connect(target);
    try {
      Relay.run(server, tls, plain);
    } finally {
      LoopbackServer.closeQuietly(tls);
      server.release(plain);
    }
  }
}
