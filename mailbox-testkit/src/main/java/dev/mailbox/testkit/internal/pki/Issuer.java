// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates: an authority, or a server that vouches for itself. */
public final class Issuer {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration YEARS = Duration.ofDays(3650);
  // Longer ago than any certificate of ours ends, so that an expired one was once valid.
  private static final Duration SINCE = Duration.ofDays(30);

  private final KeyPair keys;
  private final X509Certificate certificate;

  private Issuer(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /** A new authority with this common name. */
  public static Issuer authority(String name) {
    KeyPair keys = newKeys();
    var subject = new X500Name("CN=" + name);
    var builder = builder(subject, subject, keys, Instant.now().plus(YEARS));
    return new Issuer(keys, sign(builder, keys, true, List.of()));
  }

  /** A server's certificate that nobody but itself vouches for. */
  public static Issued selfSigned(String name, List<String> hosts) {
    KeyPair keys = newKeys();
    var subject = new X500Name("CN=" + name);
    var builder = builder(subject, subject, keys, Instant.now().plus(YEARS));
    var certificate = sign(builder, keys, false, hosts);
    return new Issued(keys.getPrivate(), List.of(certificate));
  }

  /** A server's certificate for these host names and addresses. */
  public Issued issue(List<String> hosts, Instant end) {
    KeyPair server = newKeys();
    var subject = new X500Name("CN=" + hosts.get(0));
    var builder =
        builder(
            new X500Name(certificate.getSubjectX500Principal().getName()), subject, server, end);
    var issued = sign(builder, keys, false, hosts);
    return new Issued(server.getPrivate(), List.of(issued, certificate));
  }

  public X509Certificate certificate() {
    return certificate;
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant end) {
    var serial = new BigInteger(120, RANDOM).add(BigInteger.ONE);
    var start = Date.from(Instant.now().minus(SINCE));
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer, serial, start, Date.from(end), subject, keys.getPublic());
    try {
      var key = new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic());
      builder.addExtension(Extension.subjectKeyIdentifier, false, key);
      return builder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With all that strict clients ask for (RFC 5280, sections 4.2.1.1 to 4.2.1.3). */
  private static X509Certificate sign(
      JcaX509v3CertificateBuilder builder, KeyPair signer, boolean authority, List<String> hosts) {
    try {
      int usage = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
      var by = new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(signer.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      builder.addExtension(Extension.authorityKeyIdentifier, false, by);
      if (!hosts.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives(hosts));
      }
      var content = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralNames alternatives(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(
                h -> new GeneralName(isAddress(h) ? GeneralName.iPAddress : GeneralName.dNSName, h))
            .toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String host) {
    return host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
