// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

/** Placeholder. */
public enum A {
  /** One. */
  ONE
}
