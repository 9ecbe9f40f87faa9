// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key and its certificate chain, its own first. */
public record Issued(PrivateKey key, List<X509Certificate> chain) {
  public Issued {
    chain = List.copyOf(chain);
  }
}
