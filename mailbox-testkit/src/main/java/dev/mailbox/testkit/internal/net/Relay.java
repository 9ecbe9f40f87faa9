// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.net;

import java.io.IOException;
import java.net.Socket;

/** Carries bytes between two sockets, in both directions, until both have ended. */
public final class Relay {
  private Relay() {}

  /** Blocks until both directions have ended; the far direction runs on a thread of the server. */
  public static void run(LoopbackServer server, Socket client, Socket target) {
    Thread back = server.spawn("back-" + client.getPort(), () -> carry(target, client));
    carry(client, target);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side is gone; closing both tells the other.
      LoopbackServer.closeQuietly(from);
      LoopbackServer.closeQuietly(to);
    }
  }
}
