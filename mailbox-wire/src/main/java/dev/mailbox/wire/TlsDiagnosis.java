// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.TlsFailedException.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.Objects;

/** Finds out, from what the TLS engine threw, what is wrong, in words for a person. */
final class TlsDiagnosis {
  private static final int DEEPEST = 16;

  private TlsDiagnosis() {}

  static WireException of(IOException failure, Scene scene) {
    if (isLost(failure)) {
      return scene.peerClosed("the server closed the connection during the TLS handshake", failure);
    }
    Problem problem = problem(failure);
    return new TlsFailedException(scene, problem, words(problem) + detail(failure), failure);
  }

  /** Whether the connection broke below TLS. */
  static boolean isLost(IOException failure) {
    return has(failure, EOFException.class) || has(failure, SocketException.class);
  }

  private static Problem problem(IOException failure) {
    if (has(failure, CertificateExpiredException.class)) {
      return Problem.EXPIRED;
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return Problem.NOT_YET_VALID;
    }
    if (has(failure, CertificateRevokedException.class)) {
      return Problem.REVOKED;
    }
    if (has(failure, CertPathBuilderException.class)
        || has(failure, CertPathValidatorException.class)) {
      return Problem.UNTRUSTED;
    }
    return byMessage(failure);
  }

  /** The JDK has no types for these two. */
  private static Problem byMessage(IOException failure) {
    Throwable root = root(failure);
    String message = Objects.toString(root.getMessage(), "");
    if (root.getClass() == CertificateException.class && message.startsWith("No ")) {
      return Problem.WRONG_HOST;
    }
    boolean plain = message.contains("SSL message") || message.contains("plaintext connection");
    return plain ? Problem.NOT_TLS : Problem.OTHER;
  }

  private static String words(Problem problem) {
    return switch (problem) {
      case EXPIRED -> "the server's certificate has expired";
      case NOT_YET_VALID -> "the server's certificate is not valid yet";
      case REVOKED -> "the server's certificate was revoked";
      case UNTRUSTED -> "the server's certificate is not issued by a trusted authority";
      case WRONG_HOST -> "the server's certificate is for another host";
      case NOT_TLS -> "the server does not speak TLS on this port";
      default -> "TLS failed";
    };
  }

  private static String detail(IOException failure) {
    String message = root(failure).getMessage();
    return message == null ? "" : " (" + Escape.utf8(message) + ")";
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static Throwable root(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at.getCause() != null && depth < DEEPEST; depth++) {
      at = at.getCause();
    }
    return at;
  }
}
