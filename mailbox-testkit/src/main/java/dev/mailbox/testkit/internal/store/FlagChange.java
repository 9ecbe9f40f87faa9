// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

/** What is done with the flags that a change names. */
public enum FlagChange {
  REPLACE,
  ADD,
  REMOVE
}
