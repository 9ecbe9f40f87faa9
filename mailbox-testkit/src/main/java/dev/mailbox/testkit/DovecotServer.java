// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.dovecot.DovecotProcess;
import dev.mailbox.testkit.tls.TestCertificates;
import org.opentest4j.TestAbortedException;

/**
 * A real Dovecot 2.3 as a private process on free loopback ports, with its files in a folder that
 * goes away with it. Runs as root (mail then belongs to {@code nobody}) and as any user. Starts in
 * less than a second. Mail is kept in maildirs that the test writes and reads past the server.
 * Thread-safe.
 *
 * <p>Dovecot serves every line with CRLF, so what has bare LFs on delivery comes back otherwise;
 * the rest comes back byte for byte.
 */
public final class DovecotServer implements MailServer {
  /** With {@code true}, a real server that is not installed fails a test instead of skipping it. */
  public static final String REQUIRED_PROPERTY = "mailbox.real.required";

  private final DovecotProcess process;
  private final TestCertificates certificates;

  private DovecotServer(DovecotProcess process, TestCertificates certificates) {
    this.process = process;
    this.certificates = certificates;
  }

  /**
   * A running server without users.
   *
   * @throws IllegalStateException with its log, when it is not installed or does not start
   */
  public static DovecotServer start() {
    RealServer.check(DovecotProcess.missing(), true);
    TestCertificates certificates = TestCertificates.shared();
    return new DovecotServer(DovecotProcess.start(RealServer.identity(certificates)), certificates);
  }

  /**
   * As {@link #start}, but a Dovecot that is not installed ends the test as skipped, with the
   * reason, unless the system property {@value #REQUIRED_PROPERTY} is {@code true}.
   *
   * @throws TestAbortedException when it is not installed and not required
   */
  public static DovecotServer startOrSkip() {
    RealServer.check(DovecotProcess.missing(), Boolean.getBoolean(REQUIRED_PROPERTY));
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
  public DovecotAccount user(String name, String password) {
    return new DovecotAccount(
        name,
        password,
        process.addUser(name, password),
        bytes -> process.limitUser(name, password, bytes));
  }

  /** What the server has logged so far. */
  public String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
  }
}
