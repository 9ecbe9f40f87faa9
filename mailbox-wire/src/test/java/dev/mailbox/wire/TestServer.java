// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A loopback server that runs one script for each connection. */
final class TestServer implements AutoCloseable {

  /** What the server does with one connection, which is closed afterwards. */
  interface Script {
    void run(Peer peer) throws Exception;
  }

  private final ServerSocket listener;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private TestServer(Script script) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    start(this::accept);
  }

  static TestServer running(Script script) throws IOException {
    return new TestServer(script);
  }

  int port() {
    return listener.getLocalPort();
  }

  ConnectOptions.Builder options(Security security) {
    return ConnectOptions.to(new Endpoint("localhost", port(), security))
        .proxy(java.net.Proxy.NO_PROXY);
  }

  Connection connect() throws WireException {
    Connection connection = Connection.to(options(Security.NONE).build());
    connection.connect();
    return connection;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.forEach(WireTestSupport::join);
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "test-server");
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(new Peer(socket, closed));
    } catch (Exception e) {
      // The client or the test ended the connection; what matters is what the client says.
    }
  }

  /** The server's side of one connection. */
  static final class Peer {
    private final CountDownLatch closed;
    private Socket socket;

    Peer(Socket socket, CountDownLatch closed) {
      this.socket = socket;
      this.closed = closed;
    }

    InputStream in() throws IOException {
      return socket.getInputStream();
    }

    OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    Socket socket() {
      return socket;
    }

    void send(String text) throws IOException {
      out().write(text.getBytes(StandardCharsets.ISO_8859_1));
      out().flush();
    }

    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = in().read(); b != '\n'; b = in().read()) {
        if (b < 0) {
          throw new IOException("end");
        }
        line.append((char) b);
      }
      return line.toString().strip();
    }

    void startTls(SSLContext context) throws IOException {
      startTls(context, socket, "TLSv1.3", "TLSv1.2");
    }

    void startTls(SSLContext context, String version) throws IOException {
      startTls(context, socket, version);
    }

    void startTls(SSLContext context, Socket below, String... versions) throws IOException {
      var tls =
          (javax.net.ssl.SSLSocket)
              context.getSocketFactory().createSocket(below, null, socket.getPort(), true);
      tls.setUseClientMode(false);
      tls.setEnabledProtocols(versions);
      tls.startHandshake();
      socket = tls;
    }

    /** Does nothing until the test is over. */
    void hang() throws InterruptedException {
      closed.await();
    }

    /** Sends one byte each time this long has passed, until the test is over. */
    void drip(String text, long millis) throws Exception {
      for (int i = 0; !closed.await(millis, TimeUnit.MILLISECONDS); i++) {
        send(text.substring(i % text.length(), i % text.length() + 1));
      }
    }
  }
}
