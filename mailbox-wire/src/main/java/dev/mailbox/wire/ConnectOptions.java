// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.net.InetAddress;
import java.net.Proxy;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Everything a {@link Connection} has to know before it connects. Immutable. */
public final class ConnectOptions {
  private final Endpoint endpoint;
  private final Timeouts timeouts;
  private final Limits limits;
  private final @Nullable SSLContext sslContext;
  private final @Nullable Proxy proxy;
  private final @Nullable InetAddress localAddress;
  private final @Nullable TrafficListener trafficListener;
  private final boolean allowCleartextSecrets;

  private ConnectOptions(Builder builder) {
    endpoint = builder.endpoint;
    timeouts = builder.timeouts;
    limits = builder.limits;
    sslContext = builder.sslContext;
    proxy = builder.proxy;
    localAddress = builder.localAddress;
    trafficListener = builder.trafficListener;
    allowCleartextSecrets = builder.allowCleartextSecrets;
  }

  /** A builder for connections to {@code endpoint}. */
  public static Builder to(Endpoint endpoint) {
    return new Builder(endpoint);
  }

  /** The server. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** How long to wait; {@link Timeouts#defaults()} by default. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /** How much to take; {@link Limits#forPop3()} by default. */
  public Limits limits() {
    return limits;
  }

  /** Where trust comes from; the JVM's default context when empty. */
  public Optional<SSLContext> sslContext() {
    return Optional.ofNullable(sslContext);
  }

  /** The proxy to go through; when empty, the JVM's own settings apply. */
  public Optional<Proxy> proxy() {
    return Optional.ofNullable(proxy);
  }

  /** The local address to connect from; any when empty. */
  public Optional<InetAddress> localAddress() {
    return Optional.ofNullable(localAddress);
  }

  /** Who hears the redacted traffic, if anyone. */
  public Optional<TrafficListener> trafficListener() {
    return Optional.ofNullable(trafficListener);
  }

  /** Whether secrets may be written without TLS; false by default. */
  public boolean allowCleartextSecrets() {
    return allowCleartextSecrets;
  }

  /** Builds {@link ConnectOptions}. Not thread-safe. */
  public static final class Builder {
    private final Endpoint endpoint;
    private Timeouts timeouts = Timeouts.defaults();
    private Limits limits = Limits.forPop3();
    private @Nullable SSLContext sslContext;
    private @Nullable Proxy proxy;
    private @Nullable InetAddress localAddress;
    private @Nullable TrafficListener trafficListener;
    private boolean allowCleartextSecrets;

    private Builder(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    /** Sets {@link ConnectOptions#timeouts()}. */
    public Builder timeouts(Timeouts value) {
      timeouts = value;
      return this;
    }

    /** Sets {@link ConnectOptions#limits()}. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /**
     * Sets {@link ConnectOptions#sslContext()}, for example one that trusts a private authority.
     * Host names are verified whatever it trusts, unless its trust manager is an {@code
     * X509ExtendedTrustManager} that takes this over.
     */
    public Builder sslContext(SSLContext value) {
      sslContext = value;
      return this;
    }

    /**
     * Sets {@link ConnectOptions#proxy()}: SOCKS, HTTP (by CONNECT, RFC 9110 section 9.3.6, without
     * proxy authentication) or {@link Proxy#NO_PROXY}. A proxy looks up the server's name itself.
     */
    public Builder proxy(Proxy value) {
      proxy = value;
      return this;
    }

    /** Sets {@link ConnectOptions#localAddress()}. */
    public Builder localAddress(InetAddress value) {
      localAddress = value;
      return this;
    }

    /** Sets {@link ConnectOptions#trafficListener()}. */
    public Builder trafficListener(TrafficListener value) {
      trafficListener = value;
      return this;
    }

    /** Sets {@link ConnectOptions#allowCleartextSecrets()}. */
    public Builder allowCleartextSecrets(boolean value) {
      allowCleartextSecrets = value;
      return this;
    }

    /** The options as they are set now. */
    public ConnectOptions build() {
      return new ConnectOptions(this);
    }
  }
}
