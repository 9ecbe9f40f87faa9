// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.words;

/** What servers say within an authentication, whatever the protocol. */
public enum SaslPhrase implements Phrase {
  /** Why XOAUTH2 does not take a token; empty where the refusal comes at once. */
  XOAUTH2_REFUSED("{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail/\"}");

  private final String neutral;

  SaslPhrase(String neutral) {
    this.neutral = neutral;
  }

  @Override
  public String neutral() {
    return neutral;
  }
}
