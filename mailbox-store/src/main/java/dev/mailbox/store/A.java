// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

/** Placeholder. */
public enum A {
  /** One. */
  ONE
}
