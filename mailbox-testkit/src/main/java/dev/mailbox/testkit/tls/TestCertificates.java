// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.tls;

import dev.mailbox.testkit.internal.pki.Issuer;
import dev.mailbox.testkit.internal.pki.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority made for tests, and certificates for servers on this machine, good and
 * bad. Each is made when first asked for (elliptic keys, a few milliseconds) and then kept. Keys
 * never leave memory unless they are asked for as PEM. Thread-safe.
 */
public final class TestCertificates {
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> LOCAL = List.of("localhost", "127.0.0.1");

  private final Issuer authority;
  private final ConcurrentMap<String, ServerCertificate> made = new ConcurrentHashMap<>();

  private static final class Shared {
    static final TestCertificates INSTANCE = create();
  }

  private TestCertificates(Issuer authority) {
    this.authority = authority;
  }

  /** A new authority. */
  public static TestCertificates create() {
    return new TestCertificates(Issuer.authority("Mailbox testkit CA"));
  }

  /** One authority for the whole JVM, made on first use: what servers take when not told. */
  public static TestCertificates shared() {
    return Shared.INSTANCE;
  }

  /** Valid for {@code localhost} and {@code 127.0.0.1}, from yesterday until next year. */
  public ServerCertificate good() {
    return kept("good", () -> issue(LOCAL, Instant.now().plus(DAY.multipliedBy(365))));
  }

  /** Right in everything, but it expired yesterday. */
  public ServerCertificate expired() {
    return kept("expired", () -> issue(LOCAL, Instant.now().minus(DAY)));
  }

  /** Valid and from the authority, but for {@code wrong.example} only. */
  public ServerCertificate wrongHost() {
    var host = List.of("wrong.example");
    return kept("wrongHost", () -> issue(host, Instant.now().plus(DAY.multipliedBy(365))));
  }

  /** For the right hosts and in time, but signed by itself: the authority does not vouch for it. */
  public ServerCertificate selfSigned() {
    return kept("selfSigned", () -> new ServerCertificate(Issuer.selfSigned("localhost", LOCAL)));
  }

  /** For a client: trusts this authority and nothing else. */
  public SSLContext clientContext() {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("ca", authority.certificate());
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The authority's own certificate. */
  public X509Certificate authority() {
    return authority.certificate();
  }

  /** The authority's certificate in PEM, as programs take it that are told whom to trust. */
  public byte[] authorityPem() {
    return Pem.certificate(authority.certificate());
  }

  /** Writes {@link #authorityPem} to {@code ca.pem} in a folder and returns the file. */
  public Path writeAuthorityPem(Path folder) {
    try {
      return Files.write(folder.resolve("ca.pem"), authorityPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerCertificate kept(String kind, Supplier<ServerCertificate> maker) {
    return made.computeIfAbsent(kind, k -> maker.get());
  }

  private ServerCertificate issue(List<String> hosts, Instant end) {
    return new ServerCertificate(authority.issue(hosts, end));
  }
}
