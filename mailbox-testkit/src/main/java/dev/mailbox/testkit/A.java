// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

/** Placeholder. */
public enum A {
  /** One. */
  ONE
}
