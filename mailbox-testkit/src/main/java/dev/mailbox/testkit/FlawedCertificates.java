// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.tls.TestCertificates;
import javax.net.ssl.SSLContext;

/** What servers show whose certificates are to have a flaw. */
final class FlawedCertificates {
  private FlawedCertificates() {}

  static SSLContext context(Fault.Flaw flaw) {
    TestCertificates certificates = TestCertificates.shared();
    return switch (flaw) {
      case EXPIRED -> certificates.expired().serverContext();
      case WRONG_HOST -> certificates.wrongHost().serverContext();
      case SELF_SIGNED -> certificates.selfSigned().serverContext();
    };
  }
}
