// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.delivery.Delivery;
import dev.mailbox.delivery.FailedDelivery;
import dev.mailbox.spi.DeliveryQueue;
import dev.mailbox.testkit.internal.memory.Deliveries.Waiting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one receiver has to hand over. Thread-safe. */
final class MemoryDeliveries implements DeliveryQueue {
  private static final int MOST_CHARACTERS = 1000;

  private final Device device;
  private final String receiver;

  MemoryDeliveries(Device device, String receiver) {
    this.device = device;
    this.receiver = receiver;
    int unused = size();
  }

  private <T> T with(Function<Map<Long, Waiting>, T> work) {
    return device.server().read(() -> work.apply(device.copy().deliveries().of(receiver)));
  }

  /** Those that are still here, in the order of their arrival. */
  private Stream<Waiting> waiting(Map<Long, Waiting> all) {
    return all.values().stream()
        .filter(each -> !each.isHandled())
        .filter(each -> device.copy().find(each.message().id()).isPresent())
        .sorted(Comparator.comparing(Waiting::message, Placement.NEWEST_FIRST.reversed()));
  }

  @Override
  public int size() {
    return with(all -> (int) waiting(all).count());
  }

  @Override
  public Optional<Delivery> next(Instant now) {
    return with(
        all ->
            waiting(all)
                .filter(each -> !each.dueAt().isAfter(now))
                .findFirst()
                .map(
                    each ->
                        new Delivery(
                            each.key(),
                            device.reader().message(each.message()),
                            each.attempts() + 1)));
  }

  @Override
  public Optional<Instant> nextDue() {
    return with(all -> waiting(all).map(Waiting::dueAt).min(Comparator.naturalOrder()));
  }

  @Override
  public void handled(Delivery delivery) {
    Optional<Waiting> unused =
        with(
            all ->
                found(all, delivery)
                    .map(Waiting::handled)
                    .map(w -> all.put(w.message().number(), w)));
  }

  @Override
  public void failed(Delivery delivery, Throwable problem, Instant nextAttempt) {
    String text = problem.toString();
    String shown = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
    Optional<Waiting> unused =
        with(
            all ->
                found(all, delivery)
                    .map(w -> w.failed(delivery.attempt(), shown, nextAttempt))
                    .map(w -> all.put(w.message().number(), w)));
  }

  private static Optional<Waiting> found(Map<Long, Waiting> all, Delivery delivery) {
    return all.values().stream()
        .filter(each -> each.message().id().equals(delivery.message().id()))
        .findFirst();
  }

  @Override
  public List<FailedDelivery> failures(int limit) {
    return with(
        all ->
            waiting(all)
                .filter(each -> each.attempts() > 0)
                .limit(limit)
                .map(
                    each ->
                        new FailedDelivery(
                            each.message().id(), each.attempts(), each.problem(), each.dueAt()))
                .toList());
  }

  @Override
  public void forget() {
    boolean unused =
        device
            .server()
            .read(
                () -> {
                  device.copy().deliveries().forget(receiver);
                  return true;
                });
  }
}
