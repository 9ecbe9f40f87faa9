// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A POP3 server that has always the same messages, lets everybody in, agrees to every DELE, and is
 * as quick as it can be: what was asked for in a row goes from the file to the socket in one call.
 * Listens on a free loopback port, and serves one connection at a time on a daemon thread.
 */
final class CannedPop3 implements AutoCloseable {
  private static final int INPUT = 1 << 16;
  private static final int OUTPUT = 1 << 16;

  private final MailFile mails;
  private final ServerSocketChannel server;

  private CannedPop3(MailFile mails, ServerSocketChannel server) {
    this.mails = mails;
    this.server = server;
  }

  /** Starts one. */
  static CannedPop3 start(MailFile mails) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    var canned = new CannedPop3(mails, server);
    var thread = new Thread(canned::run, "canned-pop3");
    thread.setDaemon(true);
    thread.start();
    return canned;
  }

  int port() {
    return server.socket().getLocalPort();
  }

  private void run() {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        new Session(channel).run();
      } catch (IOException e) {
        // The client or this server has closed; the next client may come.
      }
    }
  }

  private final class Session {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(INPUT).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUTPUT);
    private final byte[] line = new byte[256];
    private int length;

    /** The messages that were asked for and are not sent: from the first up to the last. */
    private int first;

    private int last;

    Session(SocketChannel channel) {
      this.channel = channel;
    }

    void run() throws IOException {
      say("+OK ready\r\n");
      boolean more = true;
      while (more) {
        more = readLine() && answer();
      }
      send();
    }

    private boolean readLine() throws IOException {
      length = 0;
      while (true) {
        if (!in.hasRemaining()) {
          send();
          in.clear();
          int count = channel.read(in);
          in.flip();
          if (count < 0) {
            return false;
          }
        }
        byte b = in.get();
        if (b == '\n') {
          return true;
        }
        line[length++] = b;
      }
    }

    private boolean answer() throws IOException {
      switch (line[0]) {
        case 'R' -> retrieve(number() - 1);
        case 'C' -> say("+OK\r\nUSER\r\nUIDL\r\nTOP\r\nPIPELINING\r\n.\r\n");
        case 'U' -> uidlOrUser();
        case 'L' -> list();
        case 'S' -> say("+OK " + mails.count() + " " + mails.size() + "\r\n");
        case 'Q' -> say("+OK bye\r\n");
        default -> say("+OK\r\n");
      }
      return line[0] != 'Q';
    }

    private int number() {
      int number = 0;
      for (int i = 5; i < length && line[i] >= '0'; i++) {
        number = 10 * number + line[i] - '0';
      }
      return number;
    }

    private void retrieve(int index) throws IOException {
      if (index != last || first == last) {
        send();
        first = index;
      }
      last = index + 1;
    }

    private void uidlOrUser() throws IOException {
      say("+OK\r\n");
      if (line[1] == 'I') {
        for (int i = 0; i < mails.count(); i++) {
          say((i + 1) + String.format(Locale.ROOT, " %08x65a7c1e0\r\n", i));
        }
        say(".\r\n");
      }
    }

    private void list() throws IOException {
      say("+OK\r\n");
      for (int i = 0; i < mails.count(); i++) {
        say((i + 1) + " " + mails.size(i) + "\r\n");
      }
      say(".\r\n");
    }

    private void say(String text) throws IOException {
      if (first < last || out.remaining() < text.length()) {
        send();
      }
      out.put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void send() throws IOException {
      out.flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      out.clear();
      long from = mails.start(first);
      long to = mails.start(last);
      while (from < to) {
        from += mails.channel().transferTo(from, to - from, channel);
      }
      first = last;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
