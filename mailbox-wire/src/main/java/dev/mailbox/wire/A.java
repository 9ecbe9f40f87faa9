// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** Placeholder. */
public enum A {
  /** One. */
  ONE
}
