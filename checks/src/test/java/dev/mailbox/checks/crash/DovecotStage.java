// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.ServerAccount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A Dovecot that scenes share, with a user for each. */
final class DovecotStage implements Stage {
  private static final AtomicInteger USERS = new AtomicInteger();

  private final DovecotServer server;
  private final ServerAccount user;

  DovecotStage(DovecotServer server) {
    this.server = server;
    this.user = server.user("user" + USERS.incrementAndGet(), "secret");
  }

  @Override
  public ServerAccount user() {
    return user;
  }

  @Override
  public int port() {
    return URI.create(server.pop3Url()).getPort();
  }

  /** A session has the mailbox to itself, so one that can begin tells that the others are over. */
  @Override
  public void settle() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String answer = login();
    while (!answer.startsWith("+OK")) {
      if (System.nanoTime() > end) {
        throw new AssertionError("a session does not end: " + answer + "\n" + server.log());
      }
      answer = login();
    }
  }

  private String login() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      OutputStream out = socket.getOutputStream();
      String answer = in.readLine();
      for (String command : new String[] {"USER " + user.name(), "PASS " + user.password()}) {
        out.write((command + "\r\n").getBytes(US_ASCII));
        answer = in.readLine();
      }
      out.write("QUIT\r\n".getBytes(US_ASCII));
      while (in.readLine() != null) {
        // It is over when the server closes.
      }
      return String.valueOf(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server goes on for the next scene. */
  @Override
  public void close() {}
}
