// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/** Where a folder, and so the mail in it, lives. */
public enum Residence {
  /** Only in the local store: no other device sees it, and the store holds the only copy. */
  LOCAL,
  /** On the server; what is here is a replica of it. */
  SERVER
}
