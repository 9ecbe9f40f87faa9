// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/** Placeholder. */
public enum Residence {
  /** One. */
  ONE
}
