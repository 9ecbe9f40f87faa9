// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.util.Optional;

/**
 * LOGIN: the first challenge asks for the user, the second for the password. Their texts differ
 * between servers, so only their order counts.
 */
final class SaslLogin implements Sasl {
  private final byte[] user;
  private final byte[] passwordBytes;
  private final String password;
  private int challenges;

  SaslLogin(String user, String password) {
    this.user = SaslPlain.field("user name", user);
    this.passwordBytes = SaslPlain.field("password", password);
    this.password = password;
  }

  @Override
  public String name() {
    return "LOGIN";
  }

  @Override
  public Optional<byte[]> initialResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> answer(byte[] challenge) {
    challenges++;
    return switch (challenges) {
      case 1 -> Optional.of(user.clone());
      case 2 -> Optional.of(passwordBytes.clone());
      default -> Optional.empty();
    };
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
