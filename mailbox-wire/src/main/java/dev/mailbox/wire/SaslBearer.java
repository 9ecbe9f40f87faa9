// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * XOAUTH2 and OAUTHBEARER: a bearer token in the first message. A refused token is answered with a
 * challenge that tells why; it needs an answer of its own before the server says no.
 */
final class SaslBearer implements Sasl {
  private static final int LONGEST_REFUSAL = 1024;
  private static final byte[] NOTHING = {};
  private static final byte[] DUMMY = {1};

  private final String name;
  private final String token;
  private final byte[] message;
  private final byte[] answerToRefusal;
  private @Nullable String refusal;

  private SaslBearer(String name, String token, String message, byte[] answerToRefusal) {
    this.name = name;
    this.token = token;
    this.message = message.getBytes(StandardCharsets.UTF_8);
    this.answerToRefusal = answerToRefusal;
  }

  static Sasl xoauth2(String user, String token) {
    String message = "user=" + checked("user name", user) + "\1auth=Bearer " + checked(token);
    return new SaslBearer("XOAUTH2", token, message + "\1\1", NOTHING);
  }

  static Sasl oauthBearer(String user, String token, Endpoint endpoint) {
    String header = "n,a=" + saslName(checked("user name", user)) + ",";
    String server = "\1host=" + endpoint.host() + "\1port=" + endpoint.port();
    String message = header + server + "\1auth=Bearer " + checked(token) + "\1\1";
    return new SaslBearer("OAUTHBEARER", token, message, DUMMY);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<byte[]> initialResponse() {
    return Optional.of(message.clone());
  }

  @Override
  public Optional<byte[]> answer(byte[] challenge) {
    if (refusal != null) {
      return Optional.empty();
    }
    int length = Math.min(challenge.length, LONGEST_REFUSAL);
    String text = new String(challenge, 0, length, StandardCharsets.ISO_8859_1);
    refusal = Escape.latin1(text.replace(token, "***"));
    return Optional.of(answerToRefusal.clone());
  }

  @Override
  public String secret() {
    return token;
  }

  @Override
  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public String toString() {
    return name;
  }

  private static String checked(String name, String value) {
    Gate.text(name, value);
    return value;
  }

  private static String checked(String token) {
    Gate.word("token", token);
    return token;
  }

  /** A name inside the header of RFC 5801, section 4, where comma and equals sign are syntax. */
  private static String saslName(String user) {
    return user.replace("=", "=3D").replace(",", "=2C");
  }
}
