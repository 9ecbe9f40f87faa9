// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.ServerFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** A user of a private Dovecot, whom tests reach in clear text, so that bytes can be counted. */
final class TestAccount {
  static final String PASSWORD = "correct horse";

  private final DovecotServer server;
  private final String user;

  TestAccount(DovecotServer server, String user) {
    this.server = server;
    // Dovecot folds the names of users.
    this.user = user.toLowerCase(Locale.ROOT);
    server.user(this.user, PASSWORD);
  }

  String user() {
    return user;
  }

  int port() {
    return URI.create(server.imapUrl()).getPort();
  }

  ServerFolder inbox() {
    return server.user(user, PASSWORD).inbox();
  }

  ServerFolder folder(String name) {
    return server.user(user, PASSWORD).folder(name);
  }

  MailboxConfig.Builder config(Path store) {
    return config(port(), store);
  }

  /** By way of a proxy. */
  MailboxConfig.Builder config(int port, Path store) {
    return config(user, port, store);
  }

  static MailboxConfig.Builder config(String user, int port, Path store) {
    return MailboxConfig.at("imap://localhost:" + port)
        .login(user, PASSWORD)
        .tls(TlsMode.NONE)
        .timeouts(Timeouts.all(Duration.ofSeconds(30)))
        .keepIn(store);
  }

  AngusClient angus() {
    return AngusClient.connect(port(), user, PASSWORD);
  }

  static byte[] raw(Message message) {
    try (InputStream in = message.openRaw()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes as text, each character one byte. */
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
