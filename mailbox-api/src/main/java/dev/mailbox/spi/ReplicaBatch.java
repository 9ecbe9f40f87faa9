// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.Flag;
import java.util.Set;

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

  /**
   * Notes the flags that the server has. Shown is what it has with what is queued to be changed.
   */
  void flags(String key, Set<Flag> flags);

  /**
   * Removes a message that was removed on the server, where mail lives on the server. An entry that
   * is not remembered is none to remove.
   */
  void removed(String key);

  /**
   * Notes that the server has lost a message because it was to lose what is durable here: from now
   * on the copy is the only one, and lives here. One whose body is not here is removed instead.
   */
  void released(String key);

  /**
   * Notes that the server has given a message another key: it is the same message. Several in a row
   * happen at once, so that messages may change places. If the message has come again under its new
   * key, the one that was here first stays; a key that another message has is left to it.
   */
  void rekey(String key, String newKey);

  /**
   * Notes that the folder is in step.
   *
   * @param leftOut how many of the server's messages are not here: out of scope, or with a problem
   */
  void inStep(int leftOut);

  /** Notes what the protocol wants to find in {@link RemoteFolder#anchor} the next time. */
  void anchor(String anchor);

  /** Hands all since the last commit to the store; returns at once. */
  Durability commit();

  /** Lets go of what was not committed. */
  @Override
  void close();
}
