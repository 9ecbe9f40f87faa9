// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxy ends TLS.
 *
 * @param front what clients are shown; null if TLS passes through
 * @param back for TLS with the server; null if that is talked to in clear text
 * @param fromTheStart false if TLS starts at a command
 */
record TlsPlan(@Nullable SSLContext front, @Nullable SSLContext back, boolean fromTheStart) {
  static final TlsPlan NONE = new TlsPlan(null, null, true);

  /** The first handshake with the client, if there is one. */
  void begin(Side client, Recorder recorder) throws IOException {
    if (front != null && fromTheStart) {
      recorder.event("starttls");
      client.startTls(front, new byte[0]);
    }
  }

  /** The first handshake with the server, if there is one. */
  void join(Side server) throws IOException {
    if (back != null && fromTheStart) {
      server.joinTls(back);
    }
  }

  /** What watches for a command that starts TLS. */
  @Nullable TlsUpgrade upgrade() {
    return front == null || back == null || fromTheStart
        ? null
        : new TlsUpgrade(new TlsUpgrade.Contexts(front, back));
  }
}
