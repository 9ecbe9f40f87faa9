// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** TLS contexts with certificates made on the spot, all under one authority of our own. */
final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Authority AUTHORITY = authority();

  private record Authority(KeyPair keys, X509Certificate certificate) {}

  private record Validity(Instant from, Instant to) {
    static Validity around(Instant moment) {
      return new Validity(moment.minus(Duration.ofDays(2)), moment.plus(Duration.ofDays(2)));
    }
  }

  private Certificates() {}

  static SSLContext good() {
    return issued("localhost", Validity.around(Instant.now()));
  }

  static SSLContext expired() {
    return issued("localhost", Validity.around(Instant.now().minus(Duration.ofDays(30))));
  }

  static SSLContext notYetValid() {
    return issued("localhost", Validity.around(Instant.now().plus(Duration.ofDays(30))));
  }

  static SSLContext wrongHost() {
    return issued("elsewhere.example", Validity.around(Instant.now()));
  }

  static SSLContext selfSigned() {
    try {
      KeyPair keys = keys();
      var validity = Validity.around(Instant.now());
      return server(keys, certificate("localhost", keys, validity, null));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client's context that trusts the authority. */
  static SSLContext trusting() {
    try {
      KeyStore store = emptyStore();
      store.setCertificateEntry("authority", AUTHORITY.certificate);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext issued(String host, Validity validity) {
    try {
      KeyPair keys = keys();
      return server(keys, certificate(host, keys, validity, AUTHORITY));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Authority authority() {
    try {
      KeyPair keys = keys();
      var validity = new Validity(Instant.EPOCH, Instant.now().plus(Duration.ofDays(3650)));
      return new Authority(keys, certificate("Test Authority", keys, validity, null));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(
      String host, KeyPair keys, Validity validity, @Nullable Authority issuer)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    X500Name subject = new X500Name("CN=" + host);
    X500Name issuerName = issuer == null ? subject : new X500Name("CN=Test Authority");
    PrivateKey signer = issuer == null ? keys.getPrivate() : issuer.keys.getPrivate();
    var builder =
        new JcaX509v3CertificateBuilder(
            issuerName,
            BigInteger.valueOf(System.nanoTime()),
            Date.from(validity.from),
            Date.from(validity.to),
            subject,
            keys.getPublic());
    boolean isAuthority = host.contains(" ");
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    if (!isAuthority) {
      var names = new GeneralNames(new GeneralName(GeneralName.dNSName, host));
      builder.addExtension(Extension.subjectAlternativeName, false, names);
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
  }

  private static SSLContext server(KeyPair keys, X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    X509Certificate[] chain = {certificate};
    store.setKeyEntry("server", keys.getPrivate(), PASSWORD, chain);
    var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), null, null);
    return context;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
