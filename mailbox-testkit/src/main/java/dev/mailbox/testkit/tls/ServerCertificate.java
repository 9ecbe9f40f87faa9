// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.tls;

import dev.mailbox.testkit.internal.pki.Issued;
import dev.mailbox.testkit.internal.pki.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's certificate with its private key, from {@link TestCertificates}. Immutable. */
public final class ServerCertificate {
  private static final char[] NO_PASSWORD = {};

  private final Issued issued;
  // Key stores encrypt their keys, which takes a tenth of a second.
  private final SSLContext serverContext;

  ServerCertificate(Issued issued) {
    this.issued = issued;
    this.serverContext = contextOf(issued);
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return issued.chain().get(0);
  }

  /** For a server that shows this certificate; the same each time. */
  public SSLContext serverContext() {
    return serverContext;
  }

  /** The certificate and those that vouch for it in PEM, the server's first. */
  public byte[] chainPem() {
    var out = new ByteArrayOutputStream();
    issued.chain().forEach(certificate -> out.writeBytes(Pem.certificate(certificate)));
    return out.toByteArray();
  }

  /** The private key in PEM (PKCS #8, not encrypted). */
  public byte[] privateKeyPem() {
    return Pem.privateKey(issued.key());
  }

  private static SSLContext contextOf(Issued issued) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var chain = issued.chain().toArray(X509Certificate[]::new);
      store.setKeyEntry("server", issued.key(), NO_PASSWORD, chain);
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
