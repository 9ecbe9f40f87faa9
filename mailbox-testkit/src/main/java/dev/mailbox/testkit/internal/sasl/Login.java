// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who may log in, and the mechanisms by which it is told. */
public record Login(String user, String password, @Nullable String token) {

  /** Whether name and password are right. */
  public boolean accepts(String name, String secret) {
    return name.equals(user) && secret.equals(password);
  }

  /** RFC 4616: authorization identity, NUL, user, NUL, password. */
  public boolean acceptsPlain(String base64) {
    String[] fields = decode(base64).split("\0", -1);
    return fields.length == 3 && accepts(fields[1], fields[2]);
  }

  /** XOAUTH2, and RFC 7628: fields end with the byte 1, one of them is the token. */
  public boolean acceptsToken(String base64) {
    return token != null && decode(base64).contains("\1auth=Bearer " + token + "\1");
  }

  /** What to offer, separated by spaces. */
  public String mechanisms() {
    return token == null ? "PLAIN LOGIN" : "PLAIN LOGIN XOAUTH2 OAUTHBEARER";
  }

  /** The text of a response; empty when it is not base64. */
  public static String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
