// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The lookup of one host name.
 *
 * <p>The JDK's lookup can neither be bounded nor stopped, so it runs on a daemon thread of its own;
 * who stops waiting for it leaves the thread to the system resolver, which gives up by itself.
 */
final class Lookup {
  private final CompletableFuture<InetAddress[]> addresses = new CompletableFuture<>();
  private final String host;

  Lookup(String host) {
    this.host = host;
  }

  static Lookup start(String host) {
    Lookup lookup = new Lookup(host);
    Daemon.start("mailbox-wire-lookup", lookup::run);
    return lookup;
  }

  InetAddress[] await(long nanos)
      throws UnknownHostException, TimeoutException, InterruptedException {
    try {
      return addresses.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw (UnknownHostException) new UnknownHostException(host).initCause(e.getCause());
    }
  }

  /** Wakes who waits, with an {@link UnknownHostException}. */
  void cancel() {
    addresses.completeExceptionally(new UnknownHostException(host));
  }

  private void run() {
    try {
      addresses.complete(InetAddress.getAllByName(host));
    } catch (UnknownHostException | RuntimeException e) {
      addresses.completeExceptionally(e);
    }
  }
}
