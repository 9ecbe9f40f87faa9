// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.cyrus;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may log in. Cyrus asks for each login through a socket, as it would ask saslauthd: four texts
 * (user, password, service, realm), each behind its length, and one as the answer.
 */
final class Logins implements AutoCloseable {
  private final Map<String, String> passwords = new ConcurrentHashMap<>();
  private final ServerSocketChannel socket;
  private final Thread thread = new Thread(this::serve, "testkit-cyrus-logins");

  private Logins(ServerSocketChannel socket) {
    this.socket = socket;
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers at that socket, whoever asks. */
  static Logins at(Path path) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      socket.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
      return new Logins(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Lets the user in from now on, by this password only. */
  void put(String user, String password) {
    passwords.put(user, password);
  }

  Optional<String> password(String user) {
    return Optional.ofNullable(passwords.get(user));
  }

  /** Ends the thread as well. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    while (socket.isOpen()) {
      try (SocketChannel asking = socket.accept()) {
        answer(asking);
      } catch (IOException e) {
        // This server was closed, or the one that asked has ended meanwhile.
      }
    }
  }

  private void answer(SocketChannel asking) throws IOException {
    var question = new DataInputStream(Channels.newInputStream(asking));
    String user = text(question);
    String password = text(question);
    String unusedService = text(question);
    String unusedRealm = text(question);
    byte[] answer =
        (password.equals(passwords.get(user)) ? "OK" : "NO").getBytes(StandardCharsets.UTF_8);
    ByteBuffer counted = ByteBuffer.allocate(2 + answer.length);
    counted.putShort((short) answer.length).put(answer).flip();
    while (counted.hasRemaining()) {
      asking.write(counted);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    var bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
