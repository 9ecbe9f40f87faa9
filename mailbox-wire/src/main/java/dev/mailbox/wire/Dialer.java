// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.TimedOutException.Phase;
import dev.mailbox.wire.UnreachableException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes the TCP connection: name lookup, the addresses one after the other, a proxy. */
final class Dialer {
  private final ConnectOptions options;
  private final Scene scene;
  private final Fate fate;
  private final Patience patience;
  private Deadline deadline = Deadline.never();
  private volatile @Nullable RawSocket socket;
  private volatile @Nullable Lookup lookup;

  Dialer(ConnectOptions options, Scene scene, Fate fate, Patience patience) {
    this.options = options;
    this.scene = scene;
    this.fate = fate;
    this.patience = patience;
  }

  /** Connects; failures that {@link Fate} does not know are ready to be thrown. */
  RawSocket dial() throws IOException {
    Duration timeout = options.timeouts().connect();
    deadline = Deadline.after(timeout).earliest(patience.total());
    patience.begin(Phase.CONNECT, timeout);
    Proxy proxy = options.proxy().orElse(null);
    if (proxy == null || proxy.type() == Proxy.Type.DIRECT) {
      return dialDirectly(proxy);
    }
    InetSocketAddress server = (InetSocketAddress) proxy.address();
    InetAddress[] addresses = lookUp(server.getHostString(), server.getAddress(), true);
    try {
      return dialThrough(proxy.type(), new InetSocketAddress(addresses[0], server.getPort()));
    } catch (IOException e) {
      throw fate.isDecided() ? e : late(e, proxyFailed(e));
    }
  }

  /** Closes the socket, or the one that is being made. May be called from any thread. */
  void close() {
    Lookup pending = lookup;
    if (pending != null) {
      pending.cancel();
    }
    RawSocket current = socket;
    if (current != null) {
      current.closeQuietly();
    }
  }

  private RawSocket dialDirectly(@Nullable Proxy proxy) throws IOException {
    Endpoint endpoint = options.endpoint();
    InetAddress[] addresses = lookUp(endpoint.host(), null, false);
    IOException last = new ConnectException("no address");
    for (int i = 0; i < addresses.length && !deadline.isExpired(); i++) {
      try {
        long share = deadline.remainingNanos() / (addresses.length - i);
        RawSocket attempt = open(proxy);
        attempt.connectWithin(new InetSocketAddress(addresses[i], endpoint.port()), share);
        return attempt;
      } catch (IOException e) {
        close();
        if (fate.isDecided()) {
          throw e;
        }
        last = e;
      }
    }
    throw late(last, unreachable(last));
  }

  private RawSocket dialThrough(Proxy.Type type, InetSocketAddress server) throws IOException {
    Endpoint endpoint = options.endpoint();
    var target = InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port());
    if (type == Proxy.Type.SOCKS) {
      RawSocket attempt = open(new Proxy(type, server));
      attempt.connectWithin(target, deadline.remainingNanos());
      return attempt;
    }
    RawSocket attempt = open(Proxy.NO_PROXY);
    attempt.connectWithin(server, deadline.remainingNanos());
    HttpTunnel.open(attempt, endpoint);
    return attempt;
  }

  private RawSocket open(@Nullable Proxy proxy) throws IOException {
    Duration writes = options.timeouts().reply();
    RawSocket attempt =
        proxy == null
            ? new RawSocket(fate, patience, writes)
            : new RawSocket(proxy, fate, patience, writes);
    socket = attempt;
    if (options.localAddress().isPresent()) {
      attempt.bind(new InetSocketAddress(options.localAddress().get(), 0));
    }
    // A close() that came before the assignment above found no socket to close.
    if (fate.isDecided()) {
      attempt.close();
    }
    return attempt;
  }

  private InetAddress[] lookUp(String host, @Nullable InetAddress known, boolean isProxy)
      throws IOException {
    if (known != null) {
      return new InetAddress[] {known};
    }
    // An address takes this way too: the lookup returns it at once, and judges its scope.
    Lookup started = Lookup.start(host);
    lookup = started;
    if (fate.isDecided()) {
      started.cancel();
    }
    try {
      return started.await(deadline.remainingNanos());
    } catch (UnknownHostException e) {
      throw isProxy ? proxyFailed(e) : unknownHost(e);
    } catch (TimeoutException e) {
      fate.end(patience.verdict(Phase.LOOKUP, options.timeouts().connect()));
      throw new SocketTimeoutException("lookup");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fate.end(Scene::interrupted);
      throw new SocketTimeoutException("interrupted");
    } finally {
      lookup = null;
    }
  }

  /** A timeout if time was the reason, else {@code otherwise}. */
  private IOException late(IOException e, WireException otherwise) {
    if (e instanceof SocketTimeoutException || deadline.isExpired()) {
      return patience.verdict(Phase.CONNECT, options.timeouts().connect()).apply(scene);
    }
    return e instanceof WireException ? e : otherwise;
  }

  private WireException unknownHost(UnknownHostException e) {
    return new UnreachableException(
        scene, Reason.UNKNOWN_HOST, "there is no such host, or its name cannot be looked up", e);
  }

  private WireException proxyFailed(IOException e) {
    return new UnreachableException(
        scene, Reason.PROXY, "the proxy did not connect: " + e.getMessage(), e);
  }

  private WireException unreachable(IOException e) {
    return e instanceof ConnectException
        ? new UnreachableException(
            scene, Reason.REFUSED, "the connection was refused: nothing listens there", e)
        : new UnreachableException(
            scene, Reason.NO_ROUTE, "the host cannot be reached: " + e.getMessage(), e);
  }
}
