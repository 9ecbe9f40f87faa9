// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import java.util.Objects;

/** Who logs in, and with what. {@code toString()} never shows a secret. */
public sealed interface Credentials {
  /** The user's name at the server. */
  String user();

  /**
   * A name and a password.
   *
   * @param user the name
   * @param password the secret
   */
  record Password(String user, String password) implements Credentials {
    /** Checks that neither holds what no protocol can carry. */
    public Password {
      check(user, "user");
      check(password, "password");
    }

    @Override
    public String toString() {
      return "Password[user=" + user + ", password=***]";
    }
  }

  /**
   * A name and a source of OAuth 2.0 access tokens (RFC 7628 OAUTHBEARER, or XOAUTH2).
   *
   * @param user the name
   * @param tokens asked before each login
   */
  record OAuth(String user, TokenSource tokens) implements Credentials {
    /** Checks that the name holds nothing that no protocol can carry. */
    public OAuth {
      check(user, "user");
      Objects.requireNonNull(tokens, "tokens");
    }

    @Override
    public String toString() {
      return "OAuth[user=" + user + "]";
    }
  }

  private static void check(String value, String name) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the " + name + " must not be empty");
    }
    if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw new IllegalArgumentException("the " + name + " must not contain CR, LF or NUL");
    }
  }
}
