// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pki;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** The text form of certificates and keys (RFC 7468). */
public final class Pem {
  private static final byte[] LINE_END = {'\n'};

  private Pem() {}

  public static byte[] certificate(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] privateKey(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static byte[] pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, LINE_END).encodeToString(der);
    String text = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
