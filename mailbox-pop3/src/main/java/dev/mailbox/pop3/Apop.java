// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * APOP (RFC 1939 section 7): login by a digest of the greeting's time stamp and the password. MD5
 * protects nothing, so it is for servers that take nothing else, and only within TLS.
 */
final class Apop {
  private static final Pattern TIME_STAMP = Pattern.compile("<[!-;=?-~]{1,200}@[!-;=?-~]{1,200}>");

  private Apop() {}

  /** The time stamp of a greeting; empty if the server has no APOP. */
  static Optional<String> timeStamp(Status greeting) {
    Matcher matcher = TIME_STAMP.matcher(greeting.text());
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  static Status login(Pop3Session session, String timeStamp, String user, String password)
      throws WireException {
    return session.ask(
        Command.named("APOP")
            .word("user name", user)
            .secret("digest", digest(timeStamp + password))
            .build());
  }

  private static String digest(String text) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
