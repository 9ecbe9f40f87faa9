// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * The least that a client can do: logs in, writes all commands without a look at the replies, and
 * counts what comes until the server closes.
 */
final class Pop3Drain {
  private final int port;
  private final String user;
  private final String password;

  Pop3Drain(int port, String user, String password) {
    this.port = port;
    this.user = user;
    this.password = password;
  }

  /** All messages, each retrieved and deleted; the bytes that came. */
  long messages(int count) throws IOException {
    var commands = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      commands.append("RETR ").append(i).append("\r\n");
    }
    for (int i = 1; i <= count; i++) {
      commands.append("DELE ").append(i).append("\r\n");
    }
    return run(commands.append("QUIT\r\n").toString());
  }

  /** The listing alone; the bytes that came. */
  long listing() throws IOException {
    return run("UIDL\r\nLIST\r\nQUIT\r\n");
  }

  private long run(String commands) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      logIn(in, out);
      CompletableFuture<Void> written =
          CompletableFuture.runAsync(() -> write(out, commands), task -> daemon(task).start());
      var buffer = new byte[1 << 18];
      long bytes = 0;
      int count = in.read(buffer);
      while (count >= 0) {
        bytes += count;
        count = in.read(buffer);
      }
      written.join();
      return bytes;
    }
  }

  private void logIn(InputStream in, OutputStream out) throws IOException {
    // One byte at a time would do: nothing is sent ahead here.
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1024);
    lines.readLine();
    for (String command : new String[] {"USER " + user, "PASS " + password}) {
      write(out, command + "\r\n");
      String reply = lines.readLine();
      if (reply == null || !reply.startsWith("+OK")) {
        throw new IOException("the server does not let us in: " + reply);
      }
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "drain-writer");
    thread.setDaemon(true);
    return thread;
  }

  private static void write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
