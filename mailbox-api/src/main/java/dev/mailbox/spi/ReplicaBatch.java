// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

/**
 * Changes to one folder of the replica that are to become durable together. For use by one thread;
 * may be committed more than once, each commit covering what came since the one before.
 */
public interface ReplicaBatch extends AutoCloseable {
  /**
   * Puts a message into the folder; the sink must be completed or aborted before the next call. If
   * only its header was here under that key, the body is added to it.
   */
  MessageSink message(RemoteMessage message);

  /** Notes a state for an entry, making one if there is none. */
  void state(RemoteEntry entry);

  /** Forgets an entry that the server no longer lists; the message here stays. */
  void forget(String key);

  /** Notes what the protocol wants to find in {@link RemoteFolder#anchor} the next time. */
  void anchor(String anchor);

  /** Hands all since the last commit to the store; returns at once. */
  Durability commit();

  /** Lets go of what was not committed. */
  @Override
  void close();
}
