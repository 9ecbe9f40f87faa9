// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.greenmail.GreenMailBackend;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.tls.TestCertificates;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * GreenMail as a {@link MailServer}: POP3, IMAP and SMTP in clear text, POP3 and IMAP also with
 * implicit TLS under a certificate of {@link TestCertificates#shared}. A second opinion beside
 * {@link FakeMailServer}; needs GreenMail on the class path. Where it differs from a real server is
 * listed in {@link GreenMailDefect}. All ports are free ones on loopback. Thread-safe.
 */
public final class GreenMailServer implements MailServer {
  private final GreenMailBackend backend;
  private final TestCertificates certificates;
  private final FaultProxy pop3s;
  private final FaultProxy imaps;

  private GreenMailServer(GreenMailBackend backend, TestCertificates certificates) {
    this.backend = backend;
    this.certificates = certificates;
    this.pop3s = FaultProxy.to(backend.pop3Port()).tls(certificates.good());
    this.imaps = FaultProxy.to(backend.imapPort()).tls(certificates.good());
  }

  /** A running server without users. */
  public static GreenMailServer start() {
    return new GreenMailServer(GreenMailBackend.start(), TestCertificates.shared());
  }

  @Override
  public String pop3Url() {
    return "pop3://localhost:" + backend.pop3Port();
  }

  @Override
  public String pop3sUrl() {
    return "pop3s://localhost:" + pop3s.port();
  }

  @Override
  public String imapUrl() {
    return "imap://localhost:" + backend.imapPort();
  }

  @Override
  public String imapsUrl() {
    return "imaps://localhost:" + imaps.port();
  }

  /**
   * The port of SMTP, in clear text and without a login. A mail for {@code alice@localhost} goes to
   * the user {@code alice}; for an address that nobody has, a user is made.
   */
  public int smtpPort() {
    return backend.smtpPort();
  }

  @Override
  public TestCertificates certificates() {
    return certificates;
  }

  @Override
  public ServerAccount user(String name, String password) {
    backend.addUser(name, password);
    return new Account(name, password);
  }

  @Override
  public void close() {
    pop3s.close();
    imaps.close();
    backend.close();
  }

  private final class Account implements ServerAccount {
    private final String name;
    private final String password;

    Account(String name, String password) {
      this.name = name;
      this.password = password;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String password() {
      return password;
    }

    @Override
    public ServerFolder inbox() {
      return folder("INBOX");
    }

    @Override
    public ServerFolder folder(String folder) {
      backend.addFolder(name, folder);
      return new Folder(name, folder);
    }
  }

  private final class Folder implements ServerFolder {
    private final String user;
    private final String name;

    Folder(String user, String name) {
      this.user = user;
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String deliver(byte[] raw) {
      return deliver(raw, Instant.now());
    }

    @Override
    public String deliver(byte[] raw, Instant arrivedAt, String... flags) {
      return String.valueOf(backend.append(user, name, raw, arrivedAt, Set.of(flags)));
    }

    @Override
    public void flag(String id, String... flags) {
      backend.flag(user, name, Long.parseLong(id), Set.of(flags), true);
    }

    @Override
    public void unflag(String id, String... flags) {
      backend.flag(user, name, Long.parseLong(id), Set.of(flags), false);
    }

    @Override
    public List<HeldMessage> messages() {
      return backend.uids(user, name).stream().map(this::held).toList();
    }

    @Override
    public int count() {
      return backend.uids(user, name).size();
    }

    @Override
    public void remove(String id) {
      backend.remove(user, name, Long.parseLong(id));
    }

    private HeldMessage held(long uid) {
      byte[] raw = backend.raw(user, name, uid);
      Set<String> flags = backend.flags(user, name, uid);
      return new HeldMessage(String.valueOf(uid), raw, backend.arrivedAt(user, name, uid), flags);
    }
  }
}
