// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.delivery;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.StoreException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import java.util.List;

/**
 * Hands each message of the inbox to a handler until it was handled, and remembers that.
 *
 * <pre>{@code
 * try (Receiver receiver = mailbox.receiver("tickets")) {
 *   receiver.handle(delivery -> tickets.insertIfAbsent(delivery.key(), delivery.message()));
 * }
 * }</pre>
 *
 * <p>What a receiver has to hand over is kept in the store: a message is queued for it in the
 * transaction that makes the message durable, and is noted as handled once its handler has
 * returned. So nothing is left out, whatever is killed when; and nothing is handed over twice but
 * the one message whose handler had returned when the process died before that was noted, which
 * comes with the same {@link Delivery#key}. With a mailbox in memory that is remembered as long as
 * it is open.
 *
 * <p>Receivers of several names each get every message that arrives from the moment they are first
 * opened, and what the inbox holds then. What this program puts there does not arrive. A message
 * that is moved here is handed over all the same; one that is deleted here, or that another client
 * takes out of a server's inbox, before its turn is not, and what another puts there arrives. Of
 * those that are here, the one that arrived first comes first. One whose handler throws comes again
 * after a pause, which grows from a second to an hour; it does not hold up the others, and it is
 * never given up: {@link #failures} shows it.
 *
 * <p>With {@link dev.mailbox.sync.Removal#afterHandled} the server keeps a message until every
 * receiver has handled it.
 *
 * <p>Safe for use by several threads, of which one can handle at a time.
 */
public interface Receiver extends AutoCloseable {
  /** Its name. */
  String name();

  /** How many messages it has to hand over, those that have failed included. */
  int pending();

  /** The messages whose handlers have thrown, in the order of their arrival, at most 1,000. */
  List<FailedDelivery> failures();

  /**
   * Synchronizes the inbox and hands over, on this thread, what is due; each message once. If the
   * server is to lose what was handled, it is synchronized once more; if that fails, the next
   * synchronization does it. A server that cannot be reached does not hold up what is here already.
   *
   * @return how many messages were handled
   * @throws AuthenticationException if the credentials are refused
   * @throws ConnectionException if the server cannot be reached
   * @throws MailboxException with {@code INTERRUPTED} if the thread is interrupted
   * @throws StoreException if it cannot be noted what was handled
   * @throws IllegalStateException if it is closed, or handles already
   */
  int handlePending(DeliveryHandler handler);

  /**
   * Keeps the mailbox in step, as {@link Mailbox#watch} does, and hands over, on this thread, what
   * arrives, until the receiver or the mailbox is closed. Connections that break are made anew.
   *
   * @throws AuthenticationException if the credentials are refused, unless the server said that it
   *     is a passing refusal
   * @throws MailboxException with {@code INTERRUPTED} if the thread is interrupted; or if another
   *     problem ends it that trying again cannot help
   * @throws IllegalStateException if it is closed, or handles already
   */
  void handle(DeliveryHandler handler);

  /**
   * Closes it for good: the store forgets what was to be handed over to it. Opened once more under
   * the name, it begins with what the inbox holds then.
   *
   * @throws IllegalStateException if it is closed
   */
  void forget();

  /**
   * Ends what handles, and waits for it, unless this is called by the handler, whose message still
   * counts as handled, or by the listener of a synchronization. What was not handled is handed over
   * next time. Closing twice does nothing.
   */
  @Override
  void close();
}
