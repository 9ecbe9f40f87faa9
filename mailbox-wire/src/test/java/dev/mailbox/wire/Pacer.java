// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A socket that can send byte by byte with pauses, below the TLS that is laid over it. */
final class Pacer extends Socket {
  private final Socket socket;
  volatile boolean slow;

  Pacer(Socket socket) {
    this.socket = socket;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return socket.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = socket.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!slow) {
          out.write(bytes, offset, length);
          return;
        }
        int half = length / 2;
        out.write(bytes, offset, 3);
        pause();
        out.write(bytes, offset + 3, half - 3);
        pause();
        out.write(bytes, offset + half, length - half);
      }
    };
  }

  private static void pause() throws IOException {
    try {
      if (new CountDownLatch(1).await(700, TimeUnit.MILLISECONDS)) {
        throw new IOException("impossible");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return socket.getRemoteSocketAddress();
  }

  @Override
  public int getPort() {
    return socket.getPort();
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the one below synchronizes
  public void close() throws IOException {
    socket.close();
  }
}
