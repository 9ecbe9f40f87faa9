// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

/** Tells when a batch that was committed is on stable storage. */
public interface Durability {
  /**
   * Whether it is; does not wait.
   *
   * @throws dev.mailbox.StoreException if it never will be: nothing of the batch that was not told
   *     durable before may be deleted on the server
   */
  boolean isDurable();

  /**
   * Waits until it is.
   *
   * @throws dev.mailbox.StoreException if it never will be
   */
  void awaitDurable();
}
