// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.wire.TestServer.Peer;
import dev.mailbox.wire.UnreachableException.Reason;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxies here answer for the server themselves; the host is one that only they know. */
@Timeout(20)
class ProxyTest {
  private static final Endpoint SERVER = new Endpoint("mail.invalid", 110, Security.NONE);

  @Test
  void httpProxyMakesATunnelAndNoByteOfTheServerIsLost() throws Exception {
    AtomicReference<String> asked = new AtomicReference<>();
    try (TestServer proxy =
            TestServer.running(
                peer -> {
                  asked.set(peer.line() + "|" + peer.line() + "|" + peer.line());
                  peer.send("HTTP/1.1 200 Connected\r\nVia: test\r\n\r\n+OK hello\r\n");
                  peer.hang();
                });
        Connection connection = through(Proxy.Type.HTTP, proxy)) {
      connection.connect();

      assertThat(connection.reader().readLine().text()).isEqualTo("+OK hello");
      assertThat(asked).hasValue("CONNECT mail.invalid:110 HTTP/1.1|Host: mail.invalid:110|");
    }
  }

  @Test
  void httpProxyThatRefusesIsNamed() throws Exception {
    try (TestServer proxy =
        TestServer.running(
            peer -> {
              peer.line();
              peer.send("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
              peer.hang();
            })) {
      Connection connection = through(Proxy.Type.HTTP, proxy);

      var error = catchThrowableOfType(UnreachableException.class, connection::connect);

      assertThat(error.reason()).isEqualTo(Reason.PROXY);
      assertThat(error).hasMessageContaining("407 Proxy Authentication Required");
    }
  }

  @Test
  void proxyThatAnswersWithoutEndIsCutOff() throws Exception {
    try (TestServer proxy =
        TestServer.running(
            peer -> {
              while (true) {
                peer.send("HTTP/1.1 200 OK and more and more");
              }
            })) {
      Connection connection = through(Proxy.Type.HTTP, proxy);

      var error = catchThrowableOfType(UnreachableException.class, connection::connect);

      assertThat(error.reason()).isEqualTo(Reason.PROXY);
    }
  }

  @Test
  void socksProxyLooksUpTheName() throws Exception {
    AtomicReference<String> asked = new AtomicReference<>();
    try (TestServer proxy =
            TestServer.running(
                peer -> {
                  asked.set(acceptSocks(peer, 0));
                  peer.send("+OK hello\r\n");
                  peer.hang();
                });
        Connection connection = through(Proxy.Type.SOCKS, proxy)) {
      connection.connect();

      assertThat(connection.reader().readLine().text()).isEqualTo("+OK hello");
      assertThat(asked).hasValue("mail.invalid:110");
    }
  }

  @Test
  void socksProxyThatRefusesIsNamed() throws Exception {
    try (TestServer proxy = TestServer.running(peer -> acceptSocks(peer, 5))) {
      Connection connection = through(Proxy.Type.SOCKS, proxy);

      var error = catchThrowableOfType(UnreachableException.class, connection::connect);

      assertThat(error.reason()).isEqualTo(Reason.PROXY);
      assertThat(error).hasMessageContaining("refused");
    }
  }

  private static Connection through(Proxy.Type type, TestServer proxy) {
    var address = InetSocketAddress.createUnresolved("localhost", proxy.port());
    return Connection.to(ConnectOptions.to(SERVER).proxy(new Proxy(type, address)).build());
  }

  /** SOCKS 5 (RFC 1928) without authentication, for a name. */
  private static String acceptSocks(Peer peer, int status) throws IOException {
    DataInputStream in = new DataInputStream(peer.in());
    in.readUnsignedByte();
    in.readNBytes(in.readUnsignedByte());
    peer.send("\u0005\u0000");
    in.readNBytes(4);
    String host = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
    int port = in.readUnsignedShort();
    peer.send("\u0005" + (char) status + "\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000");
    return host + ":" + port;
  }
}
