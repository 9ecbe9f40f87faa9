// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.process.ServerProcess;
import dev.mailbox.testkit.tls.ServerCertificate;
import dev.mailbox.testkit.tls.TestCertificates;
import org.opentest4j.TestAbortedException;

/** What real servers have in common: they may be missing, and need a certificate. */
final class RealServer {
  private RealServer() {}

  /** Fails the test, or ends it as skipped, when something is missing. */
  static void check(String missing, boolean required) {
    if (missing.isEmpty()) {
      return;
    }
    if (required) {
      throw new IllegalStateException(missing);
    }
    throw new TestAbortedException(missing);
  }

  /** The good certificate. */
  static ServerProcess.Identity identity(TestCertificates certificates) {
    ServerCertificate good = certificates.good();
    return new ServerProcess.Identity() {
      @Override
      public byte[] chainPem() {
        return good.chainPem();
      }

      @Override
      public byte[] privateKeyPem() {
        return good.privateKeyPem();
      }
    };
  }
}
