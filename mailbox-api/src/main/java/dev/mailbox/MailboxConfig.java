// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import dev.mailbox.connect.Credentials;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.connect.TokenSource;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncScope;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Which mailbox, where its copy is kept, and how both are kept in step. Immutable; {@code toString}
 * shows no secret.
 *
 * <pre>{@code
 * var config = MailboxConfig.at("pop3s://pop.example.org")
 *     .login("alice", password)
 *     .keepIn(Path.of("mail/alice"))
 *     .build();
 * }</pre>
 *
 * <p>Defaults: TLS as the scheme says; no store on disk; everything in scope but folders with the
 * roles ALL, JUNK and TRASH; all bodies for POP3 with a store on disk, else those that are read;
 * removal {@code afterDownload()} for POP3 with a store on disk, else {@code never()}; actions
 * {@code ONLINE_FIRST}; {@link Timeouts#DEFAULT}; polling every 5 minutes; messages up to 1 GiB.
 */
public final class MailboxConfig {
  private final ServerUrl server;
  private final TlsMode tlsMode;
  private final @Nullable Credentials credentials;
  private final @Nullable Path store;
  private final Duration lockWait;
  private final SyncScope scope;
  private final @Nullable Removal removal;
  private final ActionMode actions;
  private final boolean insecureAllowed;
  private final @Nullable SSLContext sslContext;
  private final @Nullable Proxy proxy;
  private final Timeouts timeouts;
  private final Duration pollInterval;
  private final long maxMessageBytes;

  private MailboxConfig(Builder builder) {
    server = builder.server;
    tlsMode = builder.tlsMode;
    credentials = builder.credentials;
    store = builder.store;
    lockWait = builder.lockWait;
    scope = builder.scope;
    removal = builder.removal;
    actions = builder.actions;
    insecureAllowed = builder.insecureAllowed;
    sslContext = builder.sslContext;
    proxy = builder.proxy;
    timeouts = builder.timeouts;
    pollInterval = builder.pollInterval;
    maxMessageBytes = builder.maxMessageBytes;
  }

  /**
   * Starts a configuration for a server: {@code pop3s://host}, {@code imaps://host}, {@code
   * pop3://host} or {@code imap://host}, with a port where it is not the usual one, and the user's
   * name before the host if that is handy, in which an {@code @} is written {@code %40}. {@code
   * pop3} and {@code imap} mean an upgrade to TLS that must succeed; {@code ?tls=none} at the end
   * means clear text, as {@link TlsMode#NONE}.
   *
   * <p>Other schemes are for other providers, and name a port.
   *
   * @throws IllegalArgumentException if the URL has no such form, or holds a password
   */
  public static Builder at(String url) {
    return new Builder(ServerUrl.parse(url));
  }

  /**
   * Starts a configuration for a store on disk without a server: everything that is there can be
   * read, searched and acted on; what needs the server throws {@link IllegalStateException}.
   * Opening a directory that holds no store is a {@link StoreException} with {@link
   * Reason#NOT_FOUND}.
   */
  public static Builder offline(Path store) {
    return new Builder(ServerUrl.NONE).keepIn(store);
  }

  /** The URL's scheme, in lower case; {@code store} without a server. */
  public String scheme() {
    return server.scheme();
  }

  /** The server's name or address; empty without a server. */
  public String host() {
    return server.host();
  }

  /** The server's port; 0 without a server. */
  public int port() {
    return server.port();
  }

  /** How connections are made safe. */
  public TlsMode tlsMode() {
    return tlsMode;
  }

  /** Who logs in. */
  public Optional<Credentials> credentials() {
    return Optional.ofNullable(credentials);
  }

  /** The directory of the store; empty if the store is in memory. */
  public Optional<Path> store() {
    return Optional.ofNullable(store);
  }

  /** How long {@code open} waits for a store that another process holds. */
  public Duration lockWait() {
    return lockWait;
  }

  /** How much is copied. */
  public SyncScope scope() {
    return scope;
  }

  /** What the server loses, if that was chosen. */
  public Optional<Removal> removal() {
    return Optional.ofNullable(removal);
  }

  /** Whether actions wait for the server. */
  public ActionMode actions() {
    return actions;
  }

  /** Whether secrets may be sent in clear text to hosts that are not loopback. */
  public boolean insecureAllowed() {
    return insecureAllowed;
  }

  /** What TLS trusts, if that was chosen. */
  public Optional<SSLContext> sslContext() {
    return Optional.ofNullable(sslContext);
  }

  /** The proxy that connections go through, if there is one. */
  public Optional<Proxy> proxy() {
    return Optional.ofNullable(proxy);
  }

  /** How long to wait for the server. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /**
   * How often a watch asks for what the server does not tell by itself; see {@link Mailbox#watch}.
   */
  public Duration pollInterval() {
    return pollInterval;
  }

  /** The largest message that is downloaded, in bytes. */
  public long maxMessageBytes() {
    return maxMessageBytes;
  }

  @Override
  public String toString() {
    return "MailboxConfig[" + server + ", credentials=" + credentials + ", store=" + store + "]";
  }

  /** Gathers a configuration. Not safe for use by several threads. */
  public static final class Builder {
    private final ServerUrl server;
    private TlsMode tlsMode;
    private @Nullable Credentials credentials;
    private @Nullable Path store;
    private Duration lockWait = Duration.ZERO;
    private SyncScope scope = SyncScope.everything();
    private @Nullable Removal removal;
    private ActionMode actions = ActionMode.ONLINE_FIRST;
    private boolean insecureAllowed;
    private @Nullable SSLContext sslContext;
    private @Nullable Proxy proxy;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private Duration pollInterval = Duration.ofMinutes(5);
    private long maxMessageBytes = 1L << 30;

    private Builder(ServerUrl server) {
      this.server = server;
      this.tlsMode = server.tlsMode();
    }

    /**
     * Logs in with a name and a password.
     *
     * @throws IllegalArgumentException if one is empty or holds CR, LF or NUL
     */
    public Builder login(String user, String password) {
      return credentials(new Credentials.Password(user, password));
    }

    /**
     * Logs in as the user named in the URL.
     *
     * @throws IllegalStateException if the URL names none
     * @throws IllegalArgumentException if one is empty or holds CR, LF or NUL
     */
    public Builder password(String password) {
      if (server.user().isEmpty()) {
        throw new IllegalStateException("the URL names no user; use login(user, password)");
      }
      return login(server.user(), password);
    }

    /** Logs in with OAuth 2.0 access tokens. */
    public Builder oauth(String user, TokenSource tokens) {
      return credentials(new Credentials.OAuth(user, tokens));
    }

    /** Logs in with these. */
    public Builder credentials(Credentials newCredentials) {
      credentials = newCredentials;
      return this;
    }

    /**
     * Keeps the local copy in this directory, which is made if it is missing. It belongs to one
     * account, which is a user at a host, whatever the protocol and the port: opened over POP3, a
     * store that was kept over IMAP is a post office's from then on, and {@link #removal} is
     * POP3's. Without this the copy is in memory and ends with the mailbox.
     */
    public Builder keepIn(Path directory) {
      store = directory;
      return this;
    }

    /** Waits that long for a store that another process holds, instead of failing at once. */
    public Builder lockWait(Duration wait) {
      lockWait = wait;
      return this;
    }

    /** Copies only so much. */
    public Builder scope(SyncScope newScope) {
      scope = newScope;
      return this;
    }

    /** Says what the server loses once it is durable here. */
    public Builder removal(Removal newRemoval) {
      removal = newRemoval;
      return this;
    }

    /** Says whether actions wait for the server. */
    public Builder actions(ActionMode mode) {
      actions = mode;
      return this;
    }

    /** Makes connections safe in another way than the URL's scheme says. */
    public Builder tls(TlsMode mode) {
      tlsMode = mode;
      return this;
    }

    /** Permits secrets in clear text, with {@link TlsMode#NONE}, to any host. */
    public Builder allowInsecure() {
      insecureAllowed = true;
      return this;
    }

    /**
     * Lets TLS trust what this context trusts. Host names are checked too, unless the context's
     * trust manager is of a kind that takes that over ({@code X509ExtendedTrustManager}).
     */
    public Builder trust(SSLContext context) {
      sslContext = context;
      return this;
    }

    /**
     * Lets TLS trust the certificates of this PEM file, and no others. Host names are checked all
     * the same.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     */
    public Builder trust(Path pem) {
      return trust(PemTrust.context(pem));
    }

    /** Connects through a proxy (SOCKS or HTTP CONNECT). */
    public Builder proxy(Proxy newProxy) {
      proxy = newProxy;
      return this;
    }

    /** Waits only so long for the server. */
    public Builder timeouts(Timeouts newTimeouts) {
      timeouts = newTimeouts;
      return this;
    }

    /**
     * Lets a watch ask that often.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder pollInterval(Duration interval) {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("the poll interval must be positive");
      }
      pollInterval = interval;
      return this;
    }

    /**
     * Leaves messages that are larger on the server, and reports each once as a problem with {@link
     * Reason#LIMIT_EXCEEDED}.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxMessageBytes(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("the largest message must have at least 1 byte");
      }
      maxMessageBytes = bytes;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalStateException if there are no credentials for a server; if a removal needs a
     *     store on disk and there is none; or if a secret would go in clear text to a host that is
     *     not loopback without {@link #allowInsecure}
     */
    public MailboxConfig build() {
      checkCredentials();
      if (store == null && removal != null && !(removal instanceof Removal.Never)) {
        throw new IllegalStateException(
            "removing messages from the server needs a store on disk: say keepIn(directory)");
      }
      return new MailboxConfig(this);
    }

    private void checkCredentials() {
      if (server.isNone()) {
        return;
      }
      if (credentials == null) {
        throw new IllegalStateException("who logs in? say login(user, password) or oauth(...)");
      }
      if (tlsMode == TlsMode.NONE && !insecureAllowed && !server.isLoopback()) {
        throw new IllegalStateException(
            "the secret would be sent in clear text to "
                + server.host()
                + ": use TLS, or say allowInsecure()");
      }
    }
  }
}
