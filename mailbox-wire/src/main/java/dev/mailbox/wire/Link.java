// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.TimedOutException.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket and the TLS on it, from dialing to the end. */
final class Link implements Transport {
  private static final Logger log = LoggerFactory.getLogger(Link.class);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final ConnectOptions options;
  private final Scene scene;
  private final Fate fate = new Fate();
  private final Patience patience = new Patience();
  private final Dialer dialer;

  /** Held by the thread that is in a call on the socket. */
  private final ReentrantLock busy = new ReentrantLock();

  private volatile @Nullable RawSocket raw;
  private volatile @Nullable SSLSocket tls;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();

  Link(ConnectOptions options, Scene scene) {
    this.options = options;
    this.scene = scene;
    this.dialer = new Dialer(options, scene, fate, patience);
  }

  Patience patience() {
    return patience;
  }

  /** A call on the socket. */
  private interface Call {
    void run() throws IOException;
  }

  void connect() throws WireException {
    call(
        () -> {
          throwIfDecided();
          RawSocket socket = dialer.dial();
          raw = socket;
          in = socket.getInputStream();
          out = socket.getOutputStream();
        });
    log.debug("Connected to {}", scene.endpoint());
  }

  void startTls() throws WireException {
    patience.begin(Phase.HANDSHAKE, options.timeouts().handshake());
    call(this::shakeHands);
  }

  @Override
  public boolean isSecure() {
    return tls != null;
  }

  @Nullable SSLSession tlsSession() {
    SSLSocket socket = tls;
    return socket == null ? null : socket.getSession();
  }

  boolean isOpen() {
    return raw != null && !fate.isDecided();
  }

  @Override
  public int read(byte[] array, int offset, int length) throws WireException {
    busy.lock();
    try {
      int count = in.read(array, offset, length);
      if (count < 0) {
        throw scene.peerClosed("the server closed the connection", null);
      }
      patience.arrived(count);
      return count;
    } catch (IOException e) {
      throw fail(failure(e));
    } finally {
      busy.unlock();
    }
  }

  /** Waits for input without a failure if there is none; false when the time is up. */
  boolean awaitInput(long nanos) throws WireException {
    boolean[] arrived = {false};
    call(
        () -> {
          throwIfDecided();
          RawSocket socket = raw;
          arrived[0] = in.available() > 0 || (socket != null && socket.awaitInput(nanos));
        });
    return arrived[0];
  }

  @Override
  public void write(byte[] array, int offset, int length) throws WireException {
    call(
        () -> {
          out.write(array, offset, length);
          out.flush();
        });
  }

  @Override
  public <E extends Exception> E fail(E failure) {
    boolean known = failure instanceof WireException;
    if (fate.end(known ? scene -> (WireException) failure : Scene::closed)) {
      log.debug("Connection to {} failed: {}", scene.endpoint(), failure.getMessage());
    }
    dialer.close();
    return failure;
  }

  /** Closes from any thread; says goodbye to TLS if no call is under way. */
  void close() {
    if (fate.end(Scene::closed)) {
      log.debug("Closing the connection to {}", scene.endpoint());
      if (busy.tryLock()) {
        try {
          sayGoodbye();
        } finally {
          busy.unlock();
        }
      }
    }
    dialer.close();
  }

  private void sayGoodbye() {
    RawSocket socket = raw;
    SSLSocket secured = tls;
    if (socket == null || secured == null) {
      return;
    }
    socket.writeWithin(FAREWELL);
    try {
      // Not close(), which waits for the peer's answer.
      secured.shutdownOutput();
    } catch (IOException e) {
      log.debug("No orderly end of TLS with {}: {}", scene.endpoint(), e.getMessage());
    }
  }

  private void shakeHands() throws IOException {
    throwIfDecided();
    RawSocket socket = raw;
    if (socket == null || tls != null) {
      throw new IllegalStateException("TLS needs a connection in clear text");
    }
    SSLSocket secured = TlsLayer.over(socket, options);
    socket.writeWithin(options.timeouts().handshake());
    try {
      secured.startHandshake();
    } catch (IOException e) {
      throw fate.isDecided() ? e : TlsDiagnosis.of(e, scene);
    }
    socket.writeWithin(options.timeouts().reply());
    in = secured.getInputStream();
    out = secured.getOutputStream();
    tls = secured;
    SSLSession session = secured.getSession();
    scene.transcript().event(session.getProtocol() + " " + session.getCipherSuite());
    log.debug("{} with {}", session.getProtocol(), scene.endpoint());
  }

  private void call(Call call) throws WireException {
    busy.lock();
    try {
      call.run();
    } catch (IOException e) {
      throw fail(failure(e));
    } finally {
      busy.unlock();
    }
  }

  private void throwIfDecided() throws WireException {
    WireException decided = fate.failure(scene);
    if (decided != null) {
      throw decided;
    }
  }

  private WireException failure(IOException e) {
    WireException decided = fate.failure(scene);
    if (decided != null) {
      return decided;
    }
    if (e instanceof WireException known) {
      return known;
    }
    if (Thread.currentThread().isInterrupted()) {
      return scene.interrupted();
    }
    return scene.peerClosed("the connection broke: " + e.getMessage(), e);
  }
}
