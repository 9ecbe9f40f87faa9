// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.cyrus.CyrusMail;
import dev.mailbox.testkit.internal.cyrus.CyrusProcess;
import dev.mailbox.testkit.tls.TestCertificates;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.opentest4j.TestAbortedException;

/**
 * A real Cyrus 3 as a private process on free loopback ports, with its files in a folder that goes
 * away with it. Runs as root (as {@code nobody} then) and as any user, and starts in less than a
 * second. It is taken from Debian's packages unpacked in a folder, since they cannot be installed
 * beside those of Dovecot; {@code .ci/cyrus} unpacks them. Thread-safe.
 *
 * <p>Mail is put in and looked at by IMAP. Cyrus does not take all mail: none that is empty, that
 * has zeros or bare LFs, or whose header has lines that are no fields.
 */
public final class CyrusServer implements MailServer {
  /** The folder that the packages are unpacked in. */
  public static final String HOME_PROPERTY = "mailbox.cyrus.home";

  private final CyrusProcess process;
  private final TestCertificates certificates;

  private CyrusServer(CyrusProcess process, TestCertificates certificates) {
    this.process = process;
    this.certificates = certificates;
  }

  /**
   * A running server without users, from the folder that {@value #HOME_PROPERTY} names.
   *
   * @throws IllegalStateException with its log, when it is not there or does not start
   */
  public static CyrusServer start() {
    RealServer.check(missing(), true);
    TestCertificates certificates = TestCertificates.shared();
    return new CyrusServer(
        CyrusProcess.start(home(), RealServer.identity(certificates)), certificates);
  }

  /**
   * As {@link #start}, but a Cyrus that is not there ends the test as skipped, with the reason,
   * unless the system property {@value DovecotServer#REQUIRED_PROPERTY} is {@code true}.
   *
   * @throws TestAbortedException when it is not there and not required
   */
  public static CyrusServer startOrSkip() {
    RealServer.check(missing(), Boolean.getBoolean(DovecotServer.REQUIRED_PROPERTY));
    return start();
  }

  @Override
  public String pop3Url() {
    return "pop3://localhost:" + process.ports().pop3();
  }

  @Override
  public String pop3sUrl() {
    return "pop3s://localhost:" + process.ports().pop3s();
  }

  @Override
  public String imapUrl() {
    return "imap://localhost:" + process.ports().imap();
  }

  @Override
  public String imapsUrl() {
    return "imaps://localhost:" + process.ports().imaps();
  }

  @Override
  public TestCertificates certificates() {
    return certificates;
  }

  @Override
  public ServerAccount user(String name, String password) {
    process.addUser(name, password);
    return new Account(name, password);
  }

  @Override
  public void close() {
    process.close();
  }

  private static String missing() {
    String property = System.getProperty(HOME_PROPERTY, "");
    return property.isEmpty()
        ? "the system property " + HOME_PROPERTY + " does not say where Cyrus is"
        : CyrusProcess.missing(home());
  }

  private static Path home() {
    return Path.of(System.getProperty(HOME_PROPERTY, ""));
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
      return new Folder(folder, process.mail(name, folder));
    }
  }

  private static final class Folder implements ServerFolder {
    private final String name;
    private final CyrusMail mail;

    Folder(String name, CyrusMail mail) {
      this.name = name;
      this.mail = mail;
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
      return String.valueOf(mail.append(raw, arrivedAt, Set.of(flags)));
    }

    @Override
    public List<HeldMessage> messages() {
      return mail.list(
          (uid, raw, arrivedAt, flags) ->
              new HeldMessage(String.valueOf(uid), raw, arrivedAt, flags));
    }

    @Override
    public int count() {
      return mail.count();
    }

    @Override
    public void flag(String id, String... flags) {
      mail.flag(Long.parseLong(id), Set.of(flags), true);
    }

    @Override
    public void unflag(String id, String... flags) {
      mail.flag(Long.parseLong(id), Set.of(flags), false);
    }

    @Override
    public void remove(String id) {
      mail.remove(Long.parseLong(id));
    }
  }
}
