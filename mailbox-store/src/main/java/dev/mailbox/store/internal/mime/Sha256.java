// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes digests. Copies of one are made faster than one is looked up. */
public final class Sha256 {
  private static final MessageDigest NEW = lookedUp();

  private Sha256() {}

  /** A digest that has seen nothing. */
  public static MessageDigest digest() {
    try {
      return (MessageDigest) NEW.clone();
    } catch (CloneNotSupportedException e) {
      return lookedUp(); // As a provider that is not the JDK's may have it.
    }
  }

  private static MessageDigest lookedUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
