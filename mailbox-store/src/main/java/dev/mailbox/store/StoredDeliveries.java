// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.delivery.Delivery;
import dev.mailbox.delivery.FailedDelivery;
import dev.mailbox.spi.DeliveryQueue;
import dev.mailbox.store.internal.db.Deliveries;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a receiver has to hand over, in the store. */
final class StoredDeliveries implements DeliveryQueue {
  private static final Logger LOG = LoggerFactory.getLogger(StoredDeliveries.class);
  private static final int MOST_CHARACTERS = 1000;
  private static final int PAGE = 100;

  private final Store store;
  private final MessageReader reader;
  private final String name;
  private final long receiver;
  private final Deque<Deliveries.Waiting> due = new ArrayDeque<>();

  StoredDeliveries(Store store, MessageReader reader, String name) {
    this.store = store;
    this.reader = reader;
    this.name = name;
    this.receiver = store.write(sql -> Deliveries.receiver(sql, name));
  }

  @Override
  public int size() {
    return store.read(sql -> Deliveries.count(sql, receiver));
  }

  @Override
  public Optional<Delivery> next(Instant now) {
    while (fill(now)) {
      Deliveries.Waiting first = due.remove();
      Optional<StoreMessage> message = reader.find(first.placement());
      if (message.isPresent()) {
        return Optional.of(
            new Delivery(
                Store.contentId(first.identity(), first.ordinal()),
                message.get(),
                first.attempt().count() + 1));
      }
    }
    return Optional.empty();
  }

  /** Looks for what is due, if nothing is left of the last look. */
  private boolean fill(Instant now) {
    if (due.isEmpty()) {
      due.addAll(store.read(sql -> Deliveries.due(sql, receiver, now, PAGE)));
    }
    return !due.isEmpty();
  }

  @Override
  public Optional<Instant> nextDue() {
    return store.read(sql -> Deliveries.nextDue(sql, receiver));
  }

  @Override
  public void handled(Delivery delivery) {
    long placement = placement(delivery);
    store.change(sql -> Deliveries.handled(sql, receiver, placement));
  }

  @Override
  public void failed(Delivery delivery, Throwable problem, Instant nextAttempt) {
    LOG.warn(
        "receiver {}: attempt {} at message {} has failed; the next follows at {}",
        name,
        delivery.attempt(),
        delivery.message().id(),
        nextAttempt,
        problem);
    String text = problem.toString();
    Deliveries.Attempt attempt =
        new Deliveries.Attempt(
            delivery.attempt(),
            text.substring(0, Math.min(text.length(), MOST_CHARACTERS)),
            nextAttempt);
    long placement = placement(delivery);
    store.change(sql -> Deliveries.failed(sql, receiver, placement, attempt));
  }

  private long placement(Delivery delivery) {
    return store.placement(delivery.message().id()).orElseThrow();
  }

  @Override
  public List<FailedDelivery> failures(int limit) {
    return store.read(sql -> Deliveries.failures(sql, receiver, limit)).stream()
        .map(
            waiting ->
                new FailedDelivery(
                    store.messageId(waiting.placement()),
                    waiting.attempt().count(),
                    waiting.attempt().problem(),
                    waiting.attempt().dueAt()))
        .toList();
  }

  @Override
  public void forget() {
    store.change(sql -> Deliveries.forget(sql, receiver));
  }
}
