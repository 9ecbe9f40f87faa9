// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.greenmail.SmtpFront;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.ServerCertificate;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mail server in memory: POP3 and IMAP over one store, each in clear text (with STLS and
 * STARTTLS) and with implicit TLS under a certificate of {@link TestCertificates#shared}. It is
 * faithful to the protocols, and wrong exactly where a test says so. All ports are free ones on
 * loopback, unless {@link #builder} tells others; start as many servers as you like, each takes
 * some milliseconds. All threads are daemon threads and have ended when {@link #close} returns.
 * Thread-safe; what is changed holds from the next command of a client on.
 *
 * <pre>{@code
 * try (var server = FakeMailServer.start()) {
 *   var inbox = server.user("alice", "secret").inbox();
 *   inbox.deliver(mail("hello").attachment("a.pdf", 3 * MB));
 *   server.imap().on("UID FETCH").once().closeAfter(4096);
 *   program.run(
 *       MailboxConfig.at(server.imapsUrl())
 *           .login("alice", "secret")
 *           .trust(server.certificates().clientContext())
 *           .build());
 * }
 * }</pre>
 */
public final class FakeMailServer implements MailServer {
  private final TestClock clock;
  private final Accounts accounts;
  private final TestCertificates certificates = TestCertificates.shared();
  private final ScriptedServer imapServer;
  private final ScriptedServer pop3Server;
  private final FakeImap imap;
  private final FakePop3 pop3;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SmtpFront smtp;

  private FakeMailServer(Builder builder) {
    this.clock = TestClock.ticking();
    this.accounts = new Accounts(clock);
    ServerCertificate shown = builder.certificate;
    this.imapServer = listen(builder.imapPort, builder.imapsPort, shown);
    try {
      this.pop3Server = listen(builder.pop3Port, builder.pop3sPort, shown);
    } catch (RuntimeException e) {
      imapServer.close();
      throw e;
    }
    this.imap = new FakeImap(accounts, imapServer, shown);
    this.pop3 = new FakePop3(accounts, pop3Server, shown);
    new ProfileSetup(accounts, imap.engine(), pop3.engine()).apply(builder.profile);
    if (builder.clearTextLogins) {
      imap.engine().requireTls(false);
      pop3.engine().requireTls(false);
    }
    if (builder.passwordLogins) {
      accounts.passwords(true);
    }
    clock.onSet(imap.engine().limits()::clockSet);
    clock.onSet(pop3.engine().limits()::clockSet);
  }

  private static ScriptedServer listen(int port, int tlsPort, ServerCertificate certificate) {
    var server = ScriptedServer.startOn(port);
    try {
      return server.alsoTlsOn(tlsPort, certificate.serverContext());
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** A running server without users, which offers all that it can do. */
  public static FakeMailServer start() {
    return start(Profile.COMPLETE);
  }

  /** A running server without users, which behaves as that provider does. */
  public static FakeMailServer start(Profile profile) {
    return builder().profile(profile).start();
  }

  /** For a server on ports that are told, or with another certificate. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Where a server listens, how it behaves, and what it shows for itself. A port that is not told,
   * or told to be 0, is a free one, as it should be in tests; others are for programs that are
   * started by hand. Not thread-safe.
   */
  public static final class Builder {
    private Profile profile = Profile.COMPLETE;
    private ServerCertificate certificate = TestCertificates.shared().good();
    private boolean clearTextLogins;
    private boolean passwordLogins;
    private int imapPort;
    private int imapsPort;
    private int pop3Port;
    private int pop3sPort;

    private Builder() {}

    /** Whose habits it has; {@link Profile#COMPLETE} by default. */
    public Builder profile(Profile value) {
      profile = value;
      return this;
    }

    /**
     * What it shows in each handshake, at once or after STARTTLS and STLS; {@link
     * TestCertificates#good} of the shared ones by default. {@link FakeMailServer#certificates}
     * stays that of the shared ones: who made another must be trusted by its own.
     */
    public Builder certificate(ServerCertificate value) {
      certificate = value;
      return this;
    }

    /** Lets clients log in without TLS, where the profile does not. */
    public Builder clearTextLogins() {
      clearTextLogins = true;
      return this;
    }

    /** Lets users in by their passwords, where the profile lets in only tokens. */
    public Builder passwordLogins() {
      passwordLogins = true;
      return this;
    }

    /** The port of IMAP in clear text. */
    public Builder imapPort(int port) {
      imapPort = port;
      return this;
    }

    /** The port of IMAP with implicit TLS. */
    public Builder imapsPort(int port) {
      imapsPort = port;
      return this;
    }

    /** The port of POP3 in clear text. */
    public Builder pop3Port(int port) {
      pop3Port = port;
      return this;
    }

    /** The port of POP3 with implicit TLS. */
    public Builder pop3sPort(int port) {
      pop3sPort = port;
      return this;
    }

    /**
     * A running server without users.
     *
     * @throws UncheckedIOException when a port is taken; then it listens nowhere
     * @throws IllegalArgumentException when a port is not between 0 and 65535
     */
    public FakeMailServer start() {
      return new FakeMailServer(this);
    }
  }

  /** Its IMAP side: what it offers, what goes wrong, and what clients said. */
  public FakeImap imap() {
    return imap;
  }

  /** Its POP3 side: what it offers, what goes wrong, and what clients said. */
  public FakePop3 pop3() {
    return pop3;
  }

  /**
   * The time that it goes by: of arrival where none is said, of delays between logins, of tokens,
   * and of sessions that are silent for too long.
   */
  public TestClock clock() {
    return clock;
  }

  /**
   * Makes challenges and time stamps of logins from this seed, so that a server which was started
   * anew says the same again. The clock has to be stopped for that too.
   */
  public FakeMailServer seed(long number) {
    accounts.seed(number);
    return this;
  }

  @Override
  public String pop3Url() {
    return pop3Server.url("pop3");
  }

  @Override
  public String pop3sUrl() {
    return "pop3s://localhost:" + pop3Server.tlsPort();
  }

  @Override
  public String imapUrl() {
    return imapServer.url("imap");
  }

  @Override
  public String imapsUrl() {
    return "imaps://localhost:" + imapServer.tlsPort();
  }

  /**
   * The port of SMTP, in clear text and without a login, which is opened when it is asked for. A
   * mail for {@code alice} or {@code alice@localhost} goes to the inbox of the user {@code alice};
   * for an address that nobody has, a user without a password is made.
   *
   * @throws NoClassDefFoundError when GreenMail, which speaks SMTP here, is not on the class path
   */
  public int smtpPort() {
    lock.lock();
    try {
      if (smtp == null) {
        smtp =
            SmtpFront.start(
                (user, raw) ->
                    new FakeAccount(accounts.account(user), pop3.engine()).inbox().deliver(raw));
      }
      return smtp.port();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public TestCertificates certificates() {
    return certificates;
  }

  @Override
  public FakeAccount user(String name, String password) {
    var account = accounts.account(name);
    account.secrets().password(password);
    return new FakeAccount(account, pop3.engine());
  }

  /** How many connections were accepted so far, over IMAP and POP3. */
  public int connections() {
    return imap.connections() + pop3.connections();
  }

  /** How many connections are open now: those that their client has not closed or lost. */
  public int openConnections() {
    return imap.openConnections() + pop3.openConnections();
  }

  /**
   * What was said so far over IMAP and then over POP3, as {@link ScriptedServer#transcript} tells
   * it: without secrets. Empty when nobody has connected.
   */
  public String transcript() {
    return Stream.of(section("IMAP", imap.transcript()), section("POP3", pop3.transcript()))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /**
   * Fails when an override was never used, or when a client broke the protocol.
   *
   * @throws AssertionError naming what was wrong
   */
  public void verify() {
    imap.verify();
    pop3.verify();
  }

  @Override
  public void close() {
    try {
      closeSmtp();
    } finally {
      try {
        imapServer.close();
      } finally {
        pop3Server.close();
      }
    }
  }

  private static String section(String protocol, String transcript) {
    return transcript.isEmpty() ? "" : protocol + ":\n" + transcript;
  }

  private void closeSmtp() {
    lock.lock();
    try {
      if (smtp != null) {
        smtp.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
