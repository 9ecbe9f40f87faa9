// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The hash by which a message is known again when a server has lost its numbers, or speaks another
 * protocol than last time.
 *
 * <p>It is SHA-256 over these fields, in this order, each only if it is present: the first
 * Message-ID, Date, From and Subject, and the last Received, which is the oldest. Each field is
 * canonicalized as DKIM's "relaxed" form does (RFC 6376 section 3.4.2): name in lower case, colon,
 * the raw value without line breaks, runs of white space as one space, none at its ends, CRLF. So
 * it does not matter whether the fields came with the whole message or alone, in which order, with
 * which line ends, or folded anew.
 */
final class HeaderIdentity {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final MessageDigest digest = Sha256.digest();
  private byte[] canonical = new byte[512];

  void add(String lowerCaseName, byte[] block, int start, int end) {
    digest.update(lowerCaseName.getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) ':');
    int length = canonicalize(block, start, end);
    digest.update(canonical, 0, length);
    digest.update(LINE_END);
  }

  private int canonicalize(byte[] block, int start, int end) {
    if (canonical.length < end - start) {
      canonical = new byte[end - start];
    }
    int length = 0;
    boolean space = false;
    for (int i = start; i < end; i++) {
      byte b = block[i];
      if (b == ' ' || b == '\t') {
        space = true;
      } else if (b != '\r' && b != '\n') {
        if (space && length > 0) {
          canonical[length++] = ' ';
        }
        space = false;
        canonical[length++] = b;
      }
    }
    return length;
  }

  byte[] value() {
    return digest.digest();
  }
}
