// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.FakeMailServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures the in-memory server: how long one takes from its start to the first greeting, whether a
 * thousand leave anything behind, whether the time of FETCH grows with the messages and no faster,
 * and whether that of a delivery to a session that idles does not. Takes no arguments; prints one
 * line for each.
 */
public final class FakeServers {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int WARM_UP = 200;
  private static final int SERVERS = 1000;
  private static final int ROUNDS = 7;
  private static final int DELIVERIES = 301;
  private static final int FEW = 10_000;
  private static final int MANY = 100_000;
  private static final byte[] MAIL =
      "Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

  private FakeServers() {}

  /** Measures. */
  public static void main(String[] args) throws IOException {
    startAndStop(WARM_UP);
    int threads = Thread.activeCount();
    long heap = heapBytes();
    long[] nanos = startAndStop(SERVERS);
    System.out.printf(
        Locale.ROOT,
        "%d servers: start to greeting median %.2f ms, 99%% %.2f ms; threads %+d, heap %+d KiB%n",
        SERVERS,
        nanos[SERVERS / 2] / 1e6,
        nanos[SERVERS * 99 / 100] / 1e6,
        Thread.activeCount() - threads,
        (heapBytes() - heap) / 1024);
    double few = fetch(FEW);
    double many = fetch(MANY);
    System.out.printf(
        Locale.ROOT,
        "FETCH 1:* (UID FLAGS): %d messages %.1f ms, %d messages %.1f ms, ratio %.1f%n",
        FEW,
        few,
        MANY,
        many,
        many / few);
    double small = news(FEW);
    double large = news(MANY);
    System.out.printf(
        Locale.ROOT,
        "delivery to an idle session: %d messages %.3f ms, %d messages %.3f ms, ratio %.1f%n",
        FEW,
        small,
        MANY,
        large,
        large / small);
  }

  private static long[] startAndStop(int count) throws IOException {
    var nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      try (FakeMailServer server = FakeMailServer.start();
          Socket socket = connect(server)) {
        readLine(socket.getInputStream());
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static double news(int messages) throws IOException {
    try (FakeMailServer server = FakeMailServer.start()) {
      FakeFolder inbox = server.user("alice", "secret").inbox();
      for (int i = 0; i < messages; i++) {
        inbox.deliver(MAIL);
      }
      try (Socket socket = connect(server)) {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        readLine(in);
        ask(socket, in, "LOGIN alice secret");
        ask(socket, in, "SELECT INBOX");
        socket.getOutputStream().write("a IDLE\r\n".getBytes(StandardCharsets.US_ASCII));
        readLine(in);
        var nanos = new long[DELIVERIES];
        for (int i = 0; i < DELIVERIES; i++) {
          long start = System.nanoTime();
          inbox.deliver(MAIL);
          String line = readLine(in);
          while (!line.endsWith(" RECENT\r")) {
            line = readLine(in);
          }
          nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[DELIVERIES / 2] / 1e6;
      }
    }
  }

  private static double fetch(int messages) throws IOException {
    try (FakeMailServer server = FakeMailServer.start()) {
      FakeFolder inbox = server.user("alice", "secret").inbox();
      for (int i = 0; i < messages; i++) {
        inbox.deliver(MAIL);
      }
      try (Socket socket = connect(server)) {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        readLine(in);
        ask(socket, in, "LOGIN alice secret");
        ask(socket, in, "EXAMINE INBOX");
        var nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
          long start = System.nanoTime();
          ask(socket, in, "FETCH 1:* (UID FLAGS)");
          nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2] / 1e6;
      }
    }
  }

  private static void ask(Socket socket, InputStream in, String command) throws IOException {
    socket.getOutputStream().write(("a " + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    String line = readLine(in);
    while (!line.startsWith("a ")) {
      line = readLine(in);
    }
    if (!line.startsWith("a OK")) {
      throw new IOException(line);
    }
  }

  private static Socket connect(FakeMailServer server) throws IOException {
    return new Socket(LOOPBACK, URI.create(server.imapUrl()).getPort());
  }

  private static String readLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    int each = in.read();
    while (each != '\n') {
      if (each < 0) {
        throw new IOException("the server closed");
      }
      line.append((char) each);
      each = in.read();
    }
    return line.toString();
  }

  private static long heapBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
