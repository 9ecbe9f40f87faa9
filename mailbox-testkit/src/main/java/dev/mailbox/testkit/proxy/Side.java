// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import dev.mailbox.testkit.internal.net.LoopbackServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A connection's socket to the client or to the server, perhaps with TLS on it. */
final class Side {
  private final Socket raw;
  private volatile Socket talk;

  private Side(Socket raw, Socket talk) {
    this.raw = raw;
    this.talk = talk;
  }

  static Side plain(Socket raw) {
    return new Side(raw, raw);
  }

  /**
   * Makes a handshake as a server.
   *
   * @param early what was read of it already
   */
  void startTls(SSLContext context, byte[] early) throws IOException {
    var consumed = new ByteArrayInputStream(early);
    var tls = (SSLSocket) context.getSocketFactory().createSocket(raw, consumed, true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    talk = tls;
  }

  /** Makes a handshake as a client. */
  void joinTls(SSLContext context) throws IOException {
    var tls =
        (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
    tls.startHandshake();
    talk = tls;
  }

  /** At least one byte, or 0 at the end of the stream. */
  int read(byte[] buffer) throws IOException {
    return Math.max(0, talk.getInputStream().read(buffer));
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    talk.getOutputStream().write(bytes, offset, length);
  }

  /** Says politely that no more will come, to a peer that may have left. */
  void finish() {
    try {
      if (talk != raw && !talk.isOutputShutdown()) {
        talk.shutdownOutput();
      }
    } catch (IOException e) {
      // Its leaving is noticed where it is read from.
    }
    fin();
  }

  /** Ends the outgoing stream without a word. */
  void fin() {
    try {
      if (!raw.isClosed() && !raw.isOutputShutdown()) {
        raw.shutdownOutput();
      }
    } catch (IOException e) {
      // The peer was faster; there is no stream to end.
    }
  }

  void reset() {
    try {
      raw.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    LoopbackServer.closeQuietly(raw);
  }

  void end(Closing ending) {
    if (ending == Closing.RESET) {
      reset();
    } else {
      fin();
    }
  }

  /** Ends without a word, and waits until the peer has left. */
  void refuse(Closing ending) throws IOException {
    end(ending);
    if (ending == Closing.FIN) {
      // What is not read would make the end a reset.
      raw.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Whether this program has closed it. */
  boolean isClosed() {
    return raw.isClosed();
  }
}
