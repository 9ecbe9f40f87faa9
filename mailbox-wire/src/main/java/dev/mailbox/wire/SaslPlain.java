// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** PLAIN: user and password in one message. */
final class SaslPlain implements Sasl {
  private final byte[] message;
  private final String password;

  SaslPlain(String user, String password) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.writeBytes(field("user name", user));
    out.write(0);
    out.writeBytes(field("password", password));
    this.message = out.toByteArray();
    this.password = password;
  }

  /** A value that is neither empty nor holds NUL, which separates the fields. */
  static byte[] field(String name, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return Gate.string(name, value);
  }

  @Override
  public String name() {
    return "PLAIN";
  }

  @Override
  public Optional<byte[]> initialResponse() {
    return Optional.of(message.clone());
  }

  @Override
  public Optional<byte[]> answer(byte[] challenge) {
    return Optional.empty();
  }

  @Override
  public String secret() {
    return password;
  }

  @Override
  public String toString() {
    return name();
  }
}
